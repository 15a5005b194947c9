/** Linux's TAP device through node:ffi: a network card of the machine whose wire is a file. Source: Linux, networking/tuntap. */
import { closeSync, openSync } from 'node:fs';
import { getSystemErrorMessage } from 'node:util';
import { HostError, reasonOf } from '#lib';
import { foreignFunctions } from '#storage';

const CLONE = '/dev/net/tun';
/** Source: Linux, include/uapi/linux/if_tun.h. */
const TUNSETIFF = 0x4004_54can;
const IFF_TAP = 0x0002;
const IFF_NO_PI = 0x1000;
/** Source: netdevice(7): the name, then the flags. */
const IFREQ_BYTES = 40;
const FLAGS_AT = 16;
const EFD_CLOEXEC = 0o2000000;

export interface TapDevice {
  /** Each read is a frame, and each write; a read waits for one. */
  readonly fd: number;
  /** An eventfd: a write of 8 bytes wakes whoever waits for frames. */
  readonly wakeFd: number;
  close(): void;
}

/** Opens the device of that name, which is made when it is not there. @throws HostError `tap-unavailable` */
export function openTap(device: string): TapDevice {
  const refused = (reason: string) => new HostError('tap-unavailable', { device, reason });
  if (process.platform !== 'linux') throw refused('only Linux has them');
  const { dlopen, getRawPointer } = foreignFunctions();
  const { functions } = dlopen(null, {
    ioctl: { arguments: ['int32', 'uint64', 'pointer'], return: 'int32' },
    eventfd: { arguments: ['int32', 'int32'], return: 'int32' },
    __errno_location: { arguments: [], return: 'pointer' },
  });
  let fd: number;
  try {
    fd = openSync(CLONE, 'r+');
  } catch (error) {
    throw refused(reasonOf(error));
  }
  const request = new ArrayBuffer(IFREQ_BYTES);
  new Uint8Array(request).set(new TextEncoder().encode(device));
  new DataView(request).setUint16(FLAGS_AT, IFF_TAP | IFF_NO_PI, true);
  if (functions.ioctl(fd, TUNSETIFF, getRawPointer(request)) < 0) {
    const errno = new DataView(foreignFunctions().toArrayBuffer(functions.__errno_location(), 4, true));
    const reason = getSystemErrorMessage(-errno.getInt32(0, true)) ?? 'it is refused';
    closeSync(fd);
    throw refused(reason);
  }
  const wakeFd = functions.eventfd(0, EFD_CLOEXEC);
  if (wakeFd < 0) {
    closeSync(fd);
    throw refused('there is no eventfd');
  }
  return {
    fd,
    wakeFd,
    close() {
      closeSync(fd);
      closeSync(wakeFd);
    },
  };
}
