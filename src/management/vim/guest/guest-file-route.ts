/** The route by which files go into guests and come out of them: who knows the token may. */
import type { Exchange } from '../../http/exchange.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { Route } from '../../http/routes.ts';
import type { VimService } from '../service.ts';
import type { GuestTransfer } from './guest-transfers.ts';

export function guestFileRoutes(service: () => Promise<VimService>): readonly Route[] {
  const take = async (exchange: Exchange, direction: GuestTransfer['direction']): Promise<GuestTransfer> => {
    const token = exchange.target.query.get('token') ?? '';
    const found = (await service()).guestFiles.take(token, direction);
    if (found !== undefined) return found;
    throw new HttpProblem(404, 'There is no such transfer, or it is over');
  };
  return [
    {
      methods: ['GET'],
      path: '/guestFile',
      gate: 'open',
      handle: async (exchange) => await send(exchange, await take(exchange, 'from-guest')),
    },
    {
      methods: ['PUT'],
      path: '/guestFile',
      gate: 'open',
      handle: async (exchange) => await receive(exchange, await take(exchange, 'to-guest')),
    },
  ];
}

async function send(exchange: Exchange, { vm, path }: GuestTransfer): Promise<void> {
  const { response } = exchange;
  exchange.begin(200, { 'Content-Type': 'application/octet-stream' });
  for await (const bytes of vm.vm.guest.get(path)) {
    if (response.destroyed) return;
    if (!response.write(bytes))
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}

async function receive(exchange: Exchange, { vm, path, bytes, afterwards }: GuestTransfer): Promise<void> {
  if ((exchange.announcedBytes ?? bytes) !== bytes)
    throw new HttpProblem(400, `The file was to have ${bytes} bytes`);
  const { guest } = vm.vm;
  await guest.put(path, bounded(exchange.takeBody() as AsyncIterable<Uint8Array>, bytes));
  if (afterwards !== undefined) await guest.run(afterwards);
  await exchange.reply(200);
}

async function* bounded(parts: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const part of parts) {
    left -= part.length;
    if (left < 0) throw new HttpProblem(413, `The file was to have ${bytes} bytes`);
    yield part;
  }
}
