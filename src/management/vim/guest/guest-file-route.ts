/** The route by which files go into guests and come out of them: who knows the token may. */
import { HostError } from '#lib';
import type { Exchange } from '../../http/exchange.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { Route } from '../../http/routes.ts';
import { write } from '../../http/send-file.ts';
import { quoted } from '../../vms/agent/words.ts';
import type { VimService } from '../service.ts';
import type { GuestTransfer } from './guest-transfers.ts';

type To<Direction> = Extract<GuestTransfer, { direction: Direction }>;

export function guestFileRoutes(service: () => Promise<VimService>): readonly Route[] {
  const take = async <Direction extends GuestTransfer['direction']>(
    exchange: Exchange,
    direction: Direction,
  ): Promise<To<Direction>> => {
    const token = exchange.target.query.get('token') ?? '';
    const found = (await service()).guestFiles.take(token, direction);
    if (found !== undefined) return found;
    throw new HttpProblem(404, 'There is no such transfer, or it is over');
  };
  return [
    {
      ...{ methods: ['GET'], path: '/guestFile', gate: 'open' },
      handle: async (exchange) => await send(exchange, await take(exchange, 'from-guest')),
    },
    {
      ...{ methods: ['PUT'], path: '/guestFile', gate: 'open' },
      handle: async (exchange) => await receive(exchange, await take(exchange, 'to-guest')),
    },
  ];
}

/** How many bytes come is known at the end: the file may grow. What fails on the way ends the connection too early. */
async function send(exchange: Exchange, { vm, name, path }: To<'from-guest'>): Promise<void> {
  const { response } = exchange;
  const blocks = vm.vm.guest.get(path, name);
  const first = await guestSays(() => blocks.next());
  exchange.begin(200, { 'Content-Type': 'application/octet-stream' });
  for (let block = first; block.done !== true; block = await blocks.next())
    await write(response, block.value);
  response.end();
}

/** A file is whole, or as it was. */
async function receive(exchange: Exchange, transfer: To<'to-guest'>): Promise<void> {
  const { vm, name, path, bytes, finish } = transfer;
  const { guest } = vm.vm;
  try {
    if ((exchange.announcedBytes ?? bytes) !== bytes) throw otherSize(bytes);
    const body = exact(exchange.takeBody() as AsyncIterable<Uint8Array>, bytes);
    await guestSays(() => guest.put(path, body, name));
    const { status } = await guestSays(() => guest.run(finish));
    if (status !== 0) throw new HttpProblem(500, 'The guest does not let the file be where it belongs');
  } catch (error) {
    await guest.run(`rm -f ${quoted(path)}`).catch(() => undefined);
    throw error;
  }
  await exchange.reply(200);
}

async function guestSays<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostError) throw new HttpProblem(500, error.message);
    throw error;
  }
}

const otherSize = (bytes: number) => new HttpProblem(400, `The file was to have ${bytes} bytes`);

async function* exact(parts: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const part of parts) {
    left -= part.length;
    if (left < 0) break;
    yield part;
  }
  if (left !== 0) throw otherSize(bytes);
}
