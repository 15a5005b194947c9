// Gets the default guest into the cache if it is not there, and prints two paths: the kernel and the initramfs.
import { cacheFolder, defaultGuest } from '#guest';

const report = (activity: string, fraction?: number) => {
  if (fraction === undefined) process.stderr.write(`vmkernel: ${activity}…\n`);
};

const { kernelPath, initramfsPath } = await defaultGuest(cacheFolder(), report);
process.stdout.write(`${kernelPath}\n${initramfsPath}\n`);
