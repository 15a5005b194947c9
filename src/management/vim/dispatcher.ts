/** From a SOAP request to its answer: object, session, method, arguments, privilege, handler; each is checked here, once, for all. */
import { HostError } from '#lib';
import type { Session } from '#system';
import type { VimContext } from './context.ts';
import type { Call, Look, TaskAbout } from './model/call.ts';
import { FAULTS, hostErrorFault } from './model/faults.ts';
import { ASKED, type ManagedObject } from './model/managed.ts';
import type { Objects } from './model/objects.ts';
import type { TaskWork } from './model/tasks.ts';
import { type MoRef, VimFault } from './model/value.ts';
import { fetchProperty } from './properties/fetch.ts';
import { faultResponse, openEnvelope, rawResponse, response, type SoapRequest } from './soap/envelope.ts';
import { ValueReader } from './soap/read-value.ts';
import type { ValueWriter } from './soap/write-value.ts';
import { STRANGERS_XML_LIMITS, XML_LIMITS } from './soap/xml.ts';
import type { Method, TypeTable } from './table/type-table.ts';
import type { Version } from './table/version.ts';

/** What came over HTTP. */
export interface SoapCall {
  readonly document: string;
  readonly soapAction: string | undefined;
  /** The session of the cookie, if it lives. */
  readonly session: Session | undefined;
  readonly remote: string;
  readonly userAgent: string;
  readonly gone: AbortSignal;
}

type SetSession = (session: Session | undefined) => void;

interface AboutCall {
  readonly version: Version;
  readonly setSession: SetSession;
}

export interface SoapAnswer {
  readonly isFault: boolean;
  readonly body: string;
  /** The session that a login opened; null when the one that there was has ended. */
  readonly session?: Session | null;
}

/** Methods that need no session. Everything else does, whatever its privilege in the table. */
const OPEN: ReadonlySet<string> = new Set([
  ...['ServiceInstance.RetrieveServiceContent', 'SessionManager.Login', 'SessionManager.LoginBySSPI'],
  ...['SessionManager.LoginByToken', 'SessionManager.CloneSession', 'SessionManager.AcquireLocalTicket'],
  ...['SessionManager.LoginExtensionByCertificate', 'SessionManager.LoginExtensionBySubjectName'],
]);
/** A method of every object that no WSDL has; new pyVmomi reads properties by it. */
const FETCH = 'Fetch';
/** What a row takes for which nobody has said it: more than most have. A test finds such rows. */
const UNSAID = 'Global.Settings';

export class Dispatcher {
  readonly #vim: VimContext;

  constructor(vim: VimContext) {
    this.#vim = vim;
  }

  /** Never throws: whatever happens is an answer. */
  async answer(given: SoapCall): Promise<SoapAnswer> {
    const { table } = this.#vim;
    const version = table.versions.asked(given.soapAction);
    const writer = this.#vim.writer(version);
    const limits = given.session === undefined ? STRANGERS_XML_LIMITS : XML_LIMITS;
    const opened = openEnvelope(given.document, limits);
    if ('reason' in opened)
      return this.#fault(FAULTS.invalidRequest(`The request is no SOAP: ${opened.reason}`), writer);
    const session: { value?: Session | null } = {};
    let result: string | VimFault;
    try {
      result = await this.#call(opened, given, version, writer, (opens) => (session.value = opens ?? null));
    } catch (error) {
      result = this.#failed(opened, error);
    }
    const answer =
      result instanceof VimFault ? this.#fault(result, writer) : { isFault: false, body: result };
    return session.value === undefined ? answer : { ...answer, session: session.value };
  }

  #fault(given: VimFault, writer: ValueWriter): SoapAnswer {
    return { isFault: true, body: faultResponse(given, this.#vim.table, writer) };
  }

  #failed({ method, self }: SoapRequest, error: unknown): VimFault {
    if (error instanceof HostError) return hostErrorFault(error);
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#vim.host.logger.error(`${self.type} ${self.value}: ${method}: ${told}`);
    return FAULTS.systemError('The host has failed; its log says how');
  }

  async #call(
    { method: name, self, args }: SoapRequest,
    given: SoapCall,
    version: Version,
    writer: ValueWriter,
    setSession: SetSession,
  ): Promise<string | VimFault> {
    const { table } = this.#vim;
    const { session } = given;
    const found = this.#find(self, session);
    const receiver = found?.ref ?? self;
    if (session === undefined && !OPEN.has(`${found?.kind.name ?? self.type}.${name}`))
      return FAULTS.notAuthenticated(receiver);
    if (found === undefined) return FAULTS.objectNotFound(self);
    const call = new DispatchedCall(this.#vim, found.ref, name, given, { version, setSession });
    const reader = new ValueReader(table, version);
    if (name === FETCH) {
      const content = fetchProperty(table, found, args, reader, call, writer);
      return typeof content === 'string' ? rawResponse(FETCH, content) : content;
    }
    const method = table.managed(found.kind.name)?.methods.get(name);
    if (method === undefined || method.since > version) return FAULTS.methodNotFound(receiver, name);
    const values = reader.fields(args, method.params, `method ${name}`);
    if (reader.trouble !== undefined) return reader.trouble;
    const result = await this.#invoke(found, method, values, call);
    return result instanceof VimFault ? result : response(method, result, writer);
  }

  /** The privilege of a row comes before anything else that it does. */
  async #invoke(object: ManagedObject, method: Method, args: object, call: Call): Promise<unknown> {
    const row = object.kind.method(method.name);
    const privilege = row?.privilege ?? method.privilege ?? (row === undefined ? 'System.Read' : UNSAID);
    if (privilege !== ASKED && call.session !== undefined) {
      const refusal = call.refusal(privilege, object.ref);
      if (refusal !== undefined) return refusal;
    }
    if (row === undefined) return FAULTS.notSupported();
    const { actors } = this.#vim.host;
    return await actors.run({ user: call.user }, () => row.invoke(object.self, args, call));
  }

  /** By its id; what belongs to another session is not there. */
  #find({ value }: MoRef, session: Session | undefined): ManagedObject | undefined {
    const object = this.#vim.objects.get(value);
    return object?.owner === undefined || object.owner === session?.key ? object : undefined;
  }
}

/** One call, as its handler knows it. A class: an object with a getter of its own would have a shape of its own, which lives until all of the heap is collected. */
class DispatchedCall implements Call {
  readonly self: MoRef;
  readonly method: string;
  readonly version: Version;
  readonly objects: Objects;
  readonly table: TypeTable;
  readonly session: Session | undefined;
  readonly allows: Look['allows'];
  readonly user: string;
  readonly setSession: SetSession;
  readonly #vim: VimContext;
  readonly #given: SoapCall;

  constructor(vim: VimContext, self: MoRef, method: string, given: SoapCall, about: AboutCall) {
    this.self = self;
    this.method = method;
    this.version = about.version;
    this.objects = vim.objects;
    this.table = vim.table;
    this.session = given.session;
    this.allows = vim.look(given.session).allows;
    this.user = given.session?.user ?? '';
    this.setSession = about.setSession;
    this.#vim = vim;
    this.#given = given;
  }

  get remote(): string {
    return this.#given.remote;
  }

  get userAgent(): string {
    return this.#given.userAgent;
  }

  get gone(): AbortSignal {
    return this.#given.gone;
  }

  refusal(privilege: string, object: MoRef): VimFault | undefined {
    return this.allows(privilege, object) ? undefined : FAULTS.noPermission(object, privilege);
  }

  task(work: TaskWork, about: TaskAbout = {}): MoRef {
    const { method, self, user, table } = this;
    const entity = about.entity ?? (table.isA(self.type, 'ManagedEntity') ? self : undefined);
    const declared = table.managed(self.type)?.methods.get(method);
    return this.#vim.tasks.start(
      {
        ...{ method, user, entity, descriptionId: declared?.id ?? method },
        entityName: entity && this.#vim.nameOf(entity),
        isCancelable: about.isCancelable ?? false,
      },
      work,
    );
  }
}
