/** Writes an image of a stranger over a disk that is there and nobody else has: what an upload ends in. */
import { HostError } from '#lib';
import { copySpans } from './copy-disk.ts';
import { fileProblem } from './image-file.ts';
import { openSource } from './image-source.ts';
import { Chain } from './vmdk/chain.ts';

/** Where the image has nothing the disk becomes zeroes; resolves to the image's size. @throws HostError */
export async function fillDisk(
  from: string,
  to: string,
  progress: (done: number) => void = () => {},
): Promise<number> {
  const source = openSource(from, { isAlone: true });
  try {
    const disk = Chain.open(to, { use: 'write' });
    try {
      if (source.sizeBytes > disk.sizeBytes)
        throw new HostError('disk-bad', {
          path: from,
          reason: `it is a disk of ${source.sizeBytes} bytes, and that it goes to has ${disk.sizeBytes}`,
        });
      disk.zero(0, disk.sizeBytes, true);
      const target = { write: (bytes: Uint8Array, offset: number) => disk.write([bytes], offset) };
      for await (const done of copySpans(source, target)) progress(done);
      disk.flush();
    } finally {
      disk.close();
    }
    return source.sizeBytes;
  } catch (cause) {
    throw fileProblem('write', 'disk', to, cause);
  } finally {
    source.close();
  }
}
