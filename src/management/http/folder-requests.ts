/** /folder: the files of the datastores. Source: VIM's access to datastores over HTTPS, and what its clients send. */
import type { Access, Datastore, Datastores, Entity, Path } from './backends.ts';
import type { Exchange } from './exchange.ts';
import { deleteFile, getFile, putFile } from './file-requests.ts';
import { replyFolder } from './folder-list.ts';
import { type Link, listingPage } from './listing.ts';
import { HttpProblem } from './problem.ts';
import { READ, type Route } from './routes.ts';
import type { TransferTools } from './send-file.ts';
import { encodePath, type Target } from './target.ts';

export const DATACENTER = 'ha-datacenter';
const BROWSE = 'Datastore.Browse';
const MANAGE = 'Datastore.FileManagement';

export interface FolderOptions {
  readonly datastores: Datastores;
  readonly access: Pick<Access, 'allows'>;
  readonly tools: TransferTools;
}

export function folderRoutes({ datastores, access, tools }: FolderOptions): Route[] {
  const at = (exchange: Exchange) => place(exchange.target, datastores);
  return [
    {
      methods: READ,
      path: '/folder/*',
      gate: 'known',
      handle: async (exchange) => {
        const { principal, target } = exchange;
        const sees = (name: string) =>
          principal !== undefined && access.allows(principal, BROWSE, { kind: 'datastore', name });
        const name = target.query.get('dsName');
        if (name === null && target.path.length === 1)
          return await listDatastores(exchange, datastores, sees);
        if (!sees(name ?? '')) throw denied(BROWSE);
        const { datastore, path } = at(exchange);
        if ((await datastore.stat(path)).kind === 'folder')
          return await listFolder(exchange, datastore, path);
        await getFile(exchange, datastore, path, tools);
      },
    },
    {
      // Clients that think in forms send POST.
      methods: ['PUT', 'POST'],
      path: '/folder/*',
      gate: [MANAGE],
      entity: entityOf,
      handle: async (exchange) => {
        const { datastore, path } = at(exchange);
        if (exchange.target.isFolder) throw new HttpProblem(405, 'A folder cannot be put', { Allow: 'GET' });
        await putFile(exchange, datastore, path, tools);
      },
    },
    {
      methods: ['DELETE'],
      path: '/folder/*',
      gate: [MANAGE],
      entity: entityOf,
      handle: async (exchange) => {
        const { datastore, path } = at(exchange);
        await deleteFile(exchange, datastore, path);
      },
    },
  ];
}

function entityOf({ query }: Target): Entity {
  return { kind: 'datastore', name: query.get('dsName') ?? '' };
}

function denied(privilege: string): HttpProblem {
  return new HttpProblem(403, `Permission to perform this operation was denied: it takes ${privilege}`);
}

/** Throws 400 when no datastore is named, 404 when there is none of that name. */
function place({ path, query }: Target, datastores: Datastores): { datastore: Datastore; path: Path } {
  checkDatacenter(query);
  const name = query.get('dsName');
  if (name === null) throw new HttpProblem(400, 'The query has no dsName');
  const datastore = datastores.list().find((candidate) => candidate.name === name);
  if (datastore === undefined) throw new HttpProblem(404, `There is no datastore "${name}"`);
  return { datastore, path: path.slice(1) };
}

/** Some clients send the inventory path, with a slash before the name. */
function checkDatacenter(query: URLSearchParams): void {
  const name = query.get('dcPath')?.replace(/^\/|\/$/g, '') ?? DATACENTER;
  if (name !== DATACENTER) throw new HttpProblem(404, `There is no datacenter "${name}"`);
}

function href(datastore: string, path: Path): string {
  const query = `?dcPath=${DATACENTER}&dsName=${encodeURIComponent(datastore)}`;
  return `/folder${encodePath(path)}${query}`;
}

const TOP: Link = { text: 'Datastores', href: '/folder' };

async function listDatastores(
  exchange: Exchange,
  datastores: Datastores,
  sees: (name: string) => boolean,
): Promise<void> {
  checkDatacenter(exchange.target.query);
  const seen = datastores.list().filter(({ name }) => sees(name));
  const rows = await Promise.all(
    seen.map(async (datastore) => ({ name: datastore.name, ...(await datastore.space([])) })),
  );
  if (exchange.prefers('html', 'json') === 'json') {
    return await exchange.replyJson({ datacenter: DATACENTER, datastores: rows });
  }
  const html = listingPage({
    title: 'Datastores',
    trail: [TOP],
    rows: rows.map(({ name, capacityBytes }) => ({
      text: name,
      href: href(name, []),
      isFolder: true,
      sizeBytes: capacityBytes,
    })),
  });
  await exchange.replyPage(html);
}

async function listFolder(exchange: Exchange, datastore: Datastore, path: Path): Promise<void> {
  const { name } = datastore;
  const place = (to: Path) => href(name, to);
  await replyFolder(exchange, {
    tree: datastore,
    path,
    title: `[${name}] ${path.join('/')}`.trim(),
    trail: [
      TOP,
      { text: `[${name}]`, href: place([]) },
      ...path.map((text, i) => ({ text, href: place(path.slice(0, i + 1)) })),
    ],
    href: place,
    about: { datastore: name, path: path.join('/') },
  });
}
