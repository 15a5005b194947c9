/** SessionManager: logging in and out, and who is logged in. */
import type { Session } from '#system';
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import { fault } from '../model/value.ts';
import type { UserSession } from '../table/vim25.d.ts';

const DEFAULT_LOCALE = 'en';
/** Of a name that nobody has, so much is told. */
const MAX_NAME = 64;
const LOCALES = ['en', 'en_US'];
const date = (nanoseconds: bigint) => new Date(Number(nanoseconds / 1_000_000n));

const shown = (session: Session): UserSession => ({
  ...{ key: session.key, userName: session.user, fullName: session.fullName },
  loginTime: date(session.loginWallNanoseconds),
  lastActiveTime: date(session.lastActiveWallNanoseconds),
  ...{ locale: session.locale, messageLocale: session.locale, extensionSession: false },
  ...{ ipAddress: session.remote, userAgent: session.userAgent, callCount: session.callCount },
});

export const SessionManager = managed<'SessionManager', VimContext>('SessionManager', {
  properties: {
    sessionList: ({ host }) => host.accounts.sessions.list().map(shown),
    currentSession: (_, { session }) => session && shown(session),
    messageLocaleList: () => LOCALES,
    supportedLocaleList: () => LOCALES,
    defaultLocale: () => DEFAULT_LOCALE,
  },
  methods: {
    async Login({ host }, { userName, password, locale }, call) {
      if (call.session !== undefined) return FAULTS.invalidState('The session is logged in already.');
      const login = { user: userName, password, channel: 'api', remote: call.remote } as const;
      const opened = await host.accounts.authenticate({
        ...login,
        userAgent: call.userAgent,
        ...(locale !== undefined && locale !== '' && { locale }),
      });
      if ('failure' in opened) {
        const type = opened.failure === 'no-permission' ? 'NoAccessUserEvent' : 'BadUsernameSessionEvent';
        host.events.add({ type, user: userName.slice(0, MAX_NAME), detail: { ipAddress: call.remote } });
        if (opened.failure === 'no-permission') return FAULTS.noPermission(call.self, 'System.View');
        if (opened.failure === 'too-many') return fault('HostConnectFault', {}, opened.message);
        if (opened.failure === 'password-expired') return fault('PasswordExpired', {}, opened.message);
        return FAULTS.invalidLogin();
      }
      call.setSession(opened);
      const { user, key: sessionId, locale: spoken } = opened;
      host.events.add({
        ...{ type: 'UserLoginSessionEvent', user },
        detail: { ipAddress: call.remote, userAgent: call.userAgent, locale: spoken, sessionId },
      });
      return shown(opened);
    },
    Logout({ host }, _, call) {
      if (call.session !== undefined) host.accounts.sessions.end(call.session.key);
      call.setSession(undefined);
    },
    TerminateSession({ host }, { sessionId }, { session }) {
      const { sessions } = host.accounts;
      if (sessionId.some((key) => key === session?.key))
        return FAULTS.invalidArgument('sessionId', 'it is this session');
      if (sessionId.some((key) => sessions.find(key) === undefined)) return FAULTS.notFound();
      for (const key of sessionId) sessions.end(key);
      return undefined;
    },
    SessionIsActive: ({ host }, { sessionID, userName }) =>
      host.accounts.sessions.find(sessionID)?.user === userName,
    SetLocale(_, { locale }) {
      return LOCALES.includes(locale)
        ? undefined
        : fault('InvalidLocale', {}, `The locale "${locale}" is not known.`);
    },
  },
});
