/** GET, HEAD, PUT and DELETE of one file of a tree, with ranges and conditions. Source: RFC 9110. */
import { randomUUID } from 'node:crypto';
import type { FileFacts, FileTree, OpenFile, Path, Upload } from './backends.ts';
import { evaluate, rangeHolds, type Validators, type Verdict } from './conditions.ts';
import { contentType } from './content-types.ts';
import type { Exchange, Headers } from './exchange.ts';
import { HttpProblem } from './problem.ts';
import { contentRange, parseRanges, type Span } from './ranges.ts';
import { receiveBody } from './receive-file.ts';
import { sendSpan, type TransferTools } from './send-file.ts';

export async function getFile(
  exchange: Exchange,
  tree: FileTree,
  path: Path,
  tools: TransferTools,
): Promise<void> {
  const file = await tree.open(path);
  try {
    await sendOpened(exchange, file, path.at(-1) ?? '', tools);
  } finally {
    await file.close();
  }
}

/** Puts a file whole: 201 when it is new, 200 when it replaced one. */
export async function putFile(
  exchange: Exchange,
  tree: FileTree,
  path: Path,
  tools: TransferTools,
): Promise<void> {
  refusePartsAndCodings(exchange);
  const before = await existing(tree, path);
  demand(evaluate(exchange.request.headers, before && validators(before), false));
  const upload = await tree.create(path, exchange.announcedBytes ?? 0);
  const facts = await carry(exchange, upload, tools, async () => {
    // It may have changed while the body came in.
    demand(evaluate(exchange.request.headers, asValidators(await existing(tree, path)), false));
  });
  await exchange.reply(before === undefined ? 201 : 200, { ETag: validators(facts).etag });
}

export async function deleteFile(exchange: Exchange, tree: FileTree, path: Path): Promise<void> {
  const facts = await tree.stat(path);
  demand(evaluate(exchange.request.headers, validators(facts), false));
  await tree.remove(path);
  await exchange.reply(204);
}

export function validators({ tag, modifiedMs }: FileFacts): Validators {
  return { etag: `"${tag}"`, modifiedMs };
}

function asValidators(facts: FileFacts | undefined): Validators | undefined {
  return facts && validators(facts);
}

async function carry(
  exchange: Exchange,
  upload: Upload,
  tools: TransferTools,
  beforeCommit: () => Promise<void>,
): Promise<FileFacts> {
  try {
    await receiveBody(exchange, upload, tools);
    await beforeCommit();
    return await upload.commit();
  } finally {
    await upload.abort();
  }
}

async function existing(tree: FileTree, path: Path): Promise<FileFacts | undefined> {
  try {
    return await tree.stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A body is the whole file as it is: neither a part of it nor packed. Source: RFC 9110 §14.4. */
function refusePartsAndCodings({ request: { headers } }: Exchange): void {
  if (headers['content-range'] !== undefined) throw new HttpProblem(400, 'A part of a file cannot be put');
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding !== 'identity') throw new HttpProblem(415, `The coding "${coding}" is not known`);
}

function demand(verdict: Verdict): void {
  if (verdict !== 'go-on') throw new HttpProblem(412, 'The file is not as the request expects it');
}

async function sendOpened(
  exchange: Exchange,
  file: OpenFile,
  name: string,
  tools: TransferTools,
): Promise<void> {
  const { headers } = exchange.request;
  const { sizeBytes } = file.facts;
  const now = validators(file.facts);
  const about: Headers = {
    ETag: now.etag,
    'Last-Modified': new Date(now.modifiedMs).toUTCString(),
    'Accept-Ranges': 'bytes',
  };
  const verdict = evaluate(headers, now, true);
  if (verdict === 'not-modified') return await exchange.reply(304, about);
  demand(verdict);
  const type = contentType(name);
  const spans = exchange.isHead ? undefined : spansOf(exchange, file, tools);
  if (spans === undefined) {
    exchange.begin(200, { ...about, 'Content-Type': type, 'Content-Length': sizeBytes });
    return await send(exchange, file, [{ start: 0, end: sizeBytes }], tools);
  }
  const [first, ...more] = spans;
  if (first === undefined) {
    const range = { 'Content-Range': `bytes */${sizeBytes}` };
    throw new HttpProblem(416, `The file has ${sizeBytes} bytes`, range);
  }
  if (more.length > 0) return await sendParts(exchange, file, spans, type, about, tools);
  const range = {
    'Content-Range': contentRange(first, sizeBytes),
    'Content-Length': first.end - first.start,
  };
  exchange.begin(206, { ...about, 'Content-Type': type, ...range });
  await send(exchange, file, [first], tools);
}

function spansOf(exchange: Exchange, file: OpenFile, tools: TransferTools): Span[] | undefined {
  const { headers } = exchange.request;
  if (headers.range === undefined || !rangeHolds(headers, validators(file.facts))) return undefined;
  return parseRanges(headers.range, file.facts.sizeBytes, tools.limits.ranges);
}

async function send(exchange: Exchange, file: OpenFile, spans: readonly Span[], tools: TransferTools) {
  if (!exchange.isHead) {
    for (const span of spans) if (span.end > span.start) await sendSpan(exchange.response, file, span, tools);
  }
  exchange.response.end();
}

/** Several parts in one body. Source: RFC 9110 §14.6. */
async function sendParts(
  exchange: Exchange,
  file: OpenFile,
  spans: readonly Span[],
  type: string,
  about: Headers,
  tools: TransferTools,
): Promise<void> {
  const boundary = randomUUID();
  const { sizeBytes } = file.facts;
  const heads = spans.map((span) =>
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(span, sizeBytes)}\r\n\r\n`,
    ),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = spans.reduce(
    (sum, span, i) => sum + (heads[i]?.length ?? 0) + span.end - span.start,
    tail.length,
  );
  exchange.begin(206, {
    ...about,
    'Content-Type': `multipart/byteranges; boundary=${boundary}`,
    'Content-Length': length,
  });
  for (const [i, span] of spans.entries()) {
    exchange.response.write(heads[i]);
    await sendSpan(exchange.response, file, span, tools);
  }
  exchange.response.end(tail);
}
