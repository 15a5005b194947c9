/** /host: configuration files and logs by their table; /tmp: files that are staged in memory. */
import type { Access, Certificates, FileTree, Path } from './backends.ts';
import type { Exchange } from './exchange.ts';
import { deleteFile, getFile, putFile, validators } from './file-requests.ts';
import { replyFolder } from './folder-list.ts';
import { HOST_FILES, type HostFile } from './host-files.ts';
import { listingPage, type Row } from './listing.ts';
import { HttpProblem } from './problem.ts';
import { READ, type Route } from './routes.ts';
import type { TransferTools } from './send-file.ts';
import { encodePath } from './target.ts';

const CONFIGURE = 'Host.Config.AdvancedConfig';
const DIAGNOSE = 'Global.Diagnostics';
const STAGE = 'Host.Config.SystemManagement';
const PRIVILEGES: Readonly<Record<HostFile['kind'], string>> = { configuration: CONFIGURE, log: DIAGNOSE };

export interface HostOptions {
  /** The root file system in memory. */
  readonly root: FileTree;
  /** Its /tmp, where links do not lead on. */
  readonly staging: FileTree;
  readonly certificates: Pick<Certificates, 'replaceCertificate' | 'replaceKey'>;
  readonly access: Pick<Access, 'allows'>;
  readonly tools: TransferTools;
  /** Told the name of a configuration file that was put. */
  readonly changed: (name: string) => void;
}

export function hostRoutes(options: HostOptions): Route[] {
  const { root, staging, tools } = options;
  return [
    {
      methods: READ,
      path: '/host',
      gate: [CONFIGURE, DIAGNOSE],
      handle: (exchange) => list(exchange, options),
    },
    {
      methods: READ,
      path: '/host/+',
      gate: 'known',
      handle: async (exchange) => {
        const row = rowOf(exchange, options);
        if (row.writeOnly) throw new HttpProblem(403, `"${row.name}" can only be put`);
        await getFile(exchange, root, row.path, tools);
      },
    },
    { methods: ['PUT'], path: '/host/+', gate: [CONFIGURE], handle: (exchange) => put(exchange, options) },
    { methods: READ, path: '/tmp/*', gate: [STAGE], handle: (exchange) => getStaged(exchange, options) },
    {
      methods: ['PUT', 'POST'],
      path: '/tmp/+',
      gate: [STAGE],
      handle: async (exchange) => {
        const { path, isFolder } = exchange.target;
        if (isFolder || path.length < 2)
          throw new HttpProblem(405, 'A folder cannot be put', { Allow: 'GET' });
        await putFile(exchange, staging, path.slice(1), tools);
      },
    },
    {
      methods: ['DELETE'],
      path: '/tmp/+',
      gate: [STAGE],
      handle: (exchange) => deleteFile(exchange, staging, exchange.target.path.slice(1)),
    },
  ];
}

/** The row that the path names. Throws 404, and 403 when the privilege of its kind is not there. */
function rowOf({ target, principal }: Exchange, { access }: HostOptions): HostFile {
  const name = target.path.slice(1).join('/');
  const row = HOST_FILES.find((candidate) => candidate.name === name);
  if (row === undefined) throw new HttpProblem(404, `There is no file "${name}" in the list at /host`);
  const privilege = PRIVILEGES[row.kind];
  if (principal === undefined || !access.allows(principal, privilege, { kind: 'host' })) {
    throw new HttpProblem(403, `Permission to perform this operation was denied: it takes ${privilege}`);
  }
  return row;
}

async function put(exchange: Exchange, options: HostOptions): Promise<void> {
  const row = rowOf(exchange, options);
  const bytes = await exchange.smallBody(exchange.limits.configBytes);
  const text = utf8(bytes, row.name);
  if (row.certificate !== undefined) return await putCertificate(exchange, row, text, options);
  if (row.check === undefined) {
    throw new HttpProblem(405, `"${row.name}" cannot be put`, { Allow: READ.join(', ') });
  }
  const complaint = row.check(text);
  if (complaint !== undefined) throw new HttpProblem(400, `"${row.name}" stays as it was: ${complaint}`);
  const facts = await replace(options.root, row, bytes);
  options.changed(row.name);
  await exchange.reply(200, { ETag: validators(facts).etag });
}

async function putCertificate(
  exchange: Exchange,
  row: HostFile,
  text: string,
  { certificates, changed }: HostOptions,
): Promise<void> {
  const became =
    row.certificate === 'key' ? certificates.replaceKey(text) : certificates.replaceCertificate(text);
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  switch (became.kind) {
    case 'refused':
      throw new HttpProblem(400, `"${row.name}" stays as it was: ${became.reason}`);
    case 'waiting':
      return await exchange.reply(
        202,
        type,
        `It takes effect when the ${became.for} that belongs to it is put.\n`,
      );
    case 'in-effect':
      changed(row.name);
      return await exchange.reply(200, type, 'New connections use it.\n');
  }
}

async function replace(root: FileTree, { path, mode }: HostFile, bytes: Buffer) {
  const upload = await root.create(path, bytes.length, mode);
  try {
    await upload.write([bytes]);
    return await upload.commit();
  } finally {
    await upload.abort();
  }
}

function utf8(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem(400, `"${name}" stays as it was: it is not UTF-8`);
  }
}

async function list(exchange: Exchange, { root, access }: HostOptions): Promise<void> {
  const { principal } = exchange;
  const rows = await Promise.all(
    HOST_FILES.filter(
      ({ kind }) => principal !== undefined && access.allows(principal, PRIVILEGES[kind], { kind: 'host' }),
    ).map(async (row) => ({ row, facts: await root.stat(row.path).catch(() => undefined) })),
  );
  const there = rows.filter(({ row, facts }) => facts?.kind === 'file' || row.check !== undefined);
  if (exchange.prefers('html', 'json') === 'json') {
    const files = there.map(({ row: { name, kind, check, certificate, writeOnly }, facts }) => ({
      name,
      kind,
      readable: facts !== undefined && writeOnly !== true,
      writable: check !== undefined || certificate !== undefined,
      ...(facts && { sizeBytes: facts.sizeBytes, modified: new Date(facts.modifiedMs).toISOString() }),
    }));
    return await exchange.replyJson({ files });
  }
  const shown = there.map(({ row, facts }): Row => {
    const common = { text: row.name, isFolder: false };
    if (row.writeOnly) return { ...common, note: 'can only be put' };
    if (facts === undefined) return { ...common, note: 'not there yet, can be put' };
    const { modifiedMs, sizeBytes } = facts;
    return { ...common, href: `/host/${row.name}`, modifiedMs, sizeBytes };
  });
  const title = 'Configuration and logs';
  await exchange.replyPage(listingPage({ title, trail: [{ text: title, href: '/host' }], rows: shown }));
}

async function getStaged(exchange: Exchange, { staging, tools }: HostOptions): Promise<void> {
  const path = exchange.target.path.slice(1);
  if ((await staging.stat(path)).kind !== 'folder') return await getFile(exchange, staging, path, tools);
  const place = (to: Path) => encodePath(['tmp', ...to]);
  const title = ['/tmp', ...path].join('/');
  await replyFolder(exchange, {
    tree: staging,
    path,
    title,
    trail: ['/tmp', ...path].map((text, i) => ({ text, href: place(path.slice(0, i)) })),
    href: place,
    about: { path: title },
  });
}
