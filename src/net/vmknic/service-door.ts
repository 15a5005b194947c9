/** Lets guests in to a port of the host over a stack of ours: each connection becomes one of the host's loopback. */
import type { Outside, OutsideEndpoint, OutsideStream } from '../nat/outside.ts';
import { Pipe } from '../nat/pipe.ts';
import type { Stack } from '../stack/stack.ts';
import type { TcpConnection } from '../stack/tcp/connection.ts';
import type { Listener } from '../stack/tcp/listener.ts';
import type { TcpEvents } from '../stack/tcp/owner.ts';

/** Connections under way at a time; more are reset. */
const MAX_CONNECTIONS = 512;

export interface DoorConfig {
  readonly port: number;
  /** Where a connection leads; undefined: nowhere, it is reset. */
  readonly to: (connection: TcpConnection) => OutsideEndpoint | undefined;
}

/** Listens; undefined: the port is taken on the stack. */
export function openDoor(
  stack: Stack,
  outside: Pick<Outside, 'connect'>,
  { port, to }: DoorConfig,
): Listener | undefined {
  let count = 0;
  return stack.tcp.listen({
    local: { address: 0, port },
    options: { noDelay: true },
    onConnection(connection): TcpEvents {
      const target = count < MAX_CONNECTIONS ? to(connection) : undefined;
      if (target === undefined) {
        connection.abort();
        return {};
      }
      count++;
      const stream: OutsideStream = outside.connect(target, {
        data: (bytes) => pipe.streamEvents.data(bytes),
        drained: () => pipe.streamEvents.drained(),
        ended: () => pipe.streamEvents.ended(),
        closed: (reason) => pipe.streamEvents.closed(reason),
      });
      const pipe = new Pipe(
        stack.alarms.turns,
        () => connection,
        stream,
        () => count--,
      );
      return pipe.guestEvents;
    },
  });
}
