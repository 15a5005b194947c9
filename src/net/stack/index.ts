/** What others have of the TCP/IP stack: the stack, its connections, addresses as text. */
export { type Alarm, Alarms, type Now, type Timers } from './alarms.ts';
export type { EchoRequest, EchoResult, IcmpError } from './icmp.ts';
export type { Arrival, Interface, InterfaceConfig } from './interface.ts';
export { Stack, type StackHost } from './stack.ts';
export type { TcpConnection } from './tcp/connection.ts';
export type { Listener, ListenerConfig } from './tcp/listener.ts';
export { DEFAULT_SETTINGS, type TcpEvents, type TcpFailure, type TcpSettings } from './tcp/owner.ts';
export type { SynRequest } from './tcp/syn-request.ts';
export type { Endpoint, Received, UdpSend, UdpSocket, UdpSocketEvents } from './udp.ts';
export {
  inNetwork,
  ip,
  ipText,
  maskOf,
  maskText,
  type Network,
  networkText,
  parseIp,
  parseMask,
  parseNetwork,
} from './wire/address.ts';
