/** Limits of the HTTPS port, one row each: what one client can cost the others. */

export interface HttpLimits {
  /** Connections at once; further ones are closed at once. */
  readonly connections: number;
  /** From the connection to the end of the TLS handshake. */
  readonly handshakeMs: number;
  /** From the end of the handshake, or the first byte of a further request, to the end of its header. */
  readonly headerMs: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  readonly headerBytes: number;
  readonly headerCount: number;
  /** Bytes of the path and the query as they are sent. */
  readonly targetBytes: number;
  /** How often a transfer is looked at. */
  readonly paceWindowMs: number;
  /** What a client must send, or take, while we wait for it, on the mean of a window. */
  readonly bytesPerSecondMin: number;
  /** Of a body that nobody wants: so much is read over to keep the connection and to let the answer arrive. */
  readonly discardBytes: number;
  readonly discardMs: number;
  /** All buffers of all transfers together, and what one of them may have of that. */
  readonly buffersBytes: number;
  readonly bufferBytesMax: number;
  readonly bufferBytesMin: number;
  /** Bytes of a configuration file that is put. */
  readonly configBytes: number;
  /** Bytes of a SOAP request, and how long it may take to come. */
  readonly soapBytes: number;
  /** Of who has not logged in. */
  readonly soapStrangersBytes: number;
  readonly soapMs: number;
  /** Entries of a list that are shown; a page of more would hold the thread up, and nobody reads it. */
  readonly listEntries: number;
  /** Parts of one multipart answer; a request for more gets the whole file. */
  readonly ranges: number;
}

// biome-ignore format: a table reads in columns
export const HTTP_LIMITS: HttpLimits = {
  connections:       4096,
  handshakeMs:       20_000,
  headerMs:          20_000,
  keepAliveMs:       60_000,
  headerBytes:       16 * 1024,
  headerCount:       100,
  targetBytes:       8 * 1024,
  paceWindowMs:      10_000,
  bytesPerSecondMin: 256,
  discardBytes:      1024 * 1024,
  discardMs:         2_000,
  buffersBytes:      128 * 1024 * 1024,
  bufferBytesMax:    256 * 1024,
  bufferBytesMin:    64 * 1024,
  configBytes:       256 * 1024,
  soapBytes:         16 * 1024 * 1024,
  soapStrangersBytes: 256 * 1024,
  soapMs:            120_000,
  listEntries:       5000,
  ranges:            16,
};
