/** `esxcli software`: packages, image profiles, and the acceptance level of the host. */
import { ACCEPTANCE_LEVELS, type Image, type Installed, type InstallResult, vibId } from '#system';
import { type Command, command, type Failed, failed } from '../command.ts';
import { list, oneOf, present, required, str } from '../option.ts';
import { record, records, table, text } from '../output.ts';
import type { SoftwarePort } from '../ports/files.ts';

const READ = 'System.View';
const CHANGE = 'Host.Config.Patch';

const HOW = {
  'dry-run': present('', 'Performs a dry-run only. Report the VIB-level operations that would be performed.'),
  'no-live-install': present(
    '',
    'Forces an install to the other boot bank only, even if the packages may be live.',
  ),
};
const UNCHECKED = {
  'no-sig-check': present('', 'Bypasses acceptance level verification, including signing. A security risk.'),
};
const REBOOTING = {
  'rebooting-image': present('', 'Displays information for the image that becomes active after a reboot.'),
};
const VIB_URL = {
  viburl: required(list('v', 'Absolute paths of packages on this host, such as /tmp/x.vib.')),
};
const DEPOT = {
  depot: required(str('d', 'Absolute path of a bundle on this host, such as /tmp/bundle.tgz.')),
  profile: required(str('p', 'The name of the image profile in it.')),
};

const RESULT = record(
  'InstallationResult',
  {
    Message: 'string',
    'Reboot Required': 'boolean',
    'VIBs Installed': 'string[]',
    'VIBs Removed': 'string[]',
    'VIBs Skipped': 'string[]',
  },
  'Installation Result',
);

export const SOFTWARE_COMMANDS: readonly Command[] = [
  command({
    path: 'software acceptance get',
    summary: 'Gets the host acceptance level. This controls what VIBs will be allowed on a host.',
    privilege: READ,
    needs: ['software'],
    options: {},
    output: text(),
    run: ({ software }) => software.acceptanceLevel,
  }),
  command({
    path: 'software acceptance set',
    summary: 'Sets the host acceptance level. This controls what VIBs will be allowed on a host.',
    privilege: CHANGE,
    needs: ['software'],
    options: { level: required(oneOf('', ACCEPTANCE_LEVELS, 'Specifies the acceptance level to set.')) },
    output: text(),
    run: ({ software }, { level }) => {
      software.acceptanceLevel = level;
      return `Host acceptance level changed to '${level}'.`;
    },
  }),
  command({
    path: 'software profile get',
    summary: 'Display the installed image profile.',
    privilege: READ,
    needs: ['software'],
    options: REBOOTING,
    output: records(
      'ImageProfile',
      {
        Name: 'string',
        Vendor: 'string',
        'Creation Time': 'string',
        'Stateless Ready': 'boolean',
        Description: 'string',
        VIBs: 'string[]',
      },
      ({ Name }) => Name ?? '',
    ),
    run: ({ software }, args) => {
      const image = imageOf(software, args['rebooting-image']);
      return 'failed' in image
        ? image
        : [
            {
              Name: image.name,
              Vendor: image.vendor,
              'Creation Time': image.created,
              'Stateless Ready': true,
              Description: '',
              VIBs: [software.base, ...image.packages.map(({ vib }) => vib.descriptor)].map(
                ({ name, version }) => `${name} ${version}`,
              ),
            },
          ];
    },
  }),
  command({
    path: 'software profile install',
    summary:
      'Installs or applies an image profile from a bundle: the host has its packages then, and no others.',
    privilege: CHANGE,
    needs: ['software'],
    options: {
      ...DEPOT,
      ...HOW,
      ...UNCHECKED,
      'ok-to-remove': present('', 'Allows the removal of installed VIBs that are not in the profile.'),
    },
    output: RESULT,
    run: ({ software }, args) => {
      const install = (dryRun: boolean) =>
        software.installProfile(args.depot, args.profile, 'replace', { ...how(args), dryRun });
      const { removed } = install(true);
      if (removed.length > 0 && !args['ok-to-remove']) {
        return failed(`It would remove ${removed.join(', ')}. Give --ok-to-remove when that may be.`);
      }
      return shown(install(args['dry-run']));
    },
  }),
  command({
    path: 'software profile update',
    summary: 'Updates the host with what is newer in an image profile; other packages stay.',
    privilege: CHANGE,
    needs: ['software'],
    options: { ...DEPOT, ...HOW, ...UNCHECKED },
    output: RESULT,
    run: ({ software }, args) =>
      shown(software.installProfile(args.depot, args.profile, 'update', how(args))),
  }),
  command({
    path: 'software vib get',
    summary: 'Displays detailed information about one or more installed VIBs.',
    privilege: READ,
    needs: ['software'],
    options: { ...REBOOTING, vibname: list('n', 'Specifies one or more installed VIBs to display.') },
    output: records(
      'VIBExt',
      {
        ID: 'string',
        Name: 'string',
        Version: 'string',
        Type: 'string',
        Vendor: 'string',
        'Acceptance Level': 'string',
        Summary: 'string',
        Description: 'string',
        'Creation Date': 'string',
        Depends: 'string[]',
        Conflicts: 'string[]',
        Replaces: 'string[]',
        Provides: 'string[]',
        'Maintenance Mode Required': 'boolean',
        'Live Install Allowed': 'boolean',
        'Live Remove Allowed': 'boolean',
        'Stateless Ready': 'boolean',
        Payloads: 'string[]',
      },
      ({ ID }) => ID ?? '',
    ),
    run: ({ software }, args) => {
      const image = imageOf(software, args['rebooting-image']);
      if ('failed' in image) return image;
      const wanted = args.vibname;
      const unknown = wanted.find((name) => !image.packages.some((each) => nameOf(each) === name));
      if (unknown !== undefined) return failed(`[NoMatchError] No VIB matching '${unknown}' is installed.`);
      const chosen = image.packages.filter((each) => wanted.length === 0 || wanted.includes(nameOf(each)));
      return chosen.map(details);
    },
  }),
  ...(['install', 'update'] as const).map((kind) =>
    command({
      path: `software vib ${kind}`,
      summary:
        kind === 'install'
          ? 'Installs VIB packages from files; an older or newer version is replaced.'
          : 'Updates installed VIBs to newer packages; what is not installed, or not older, is skipped.',
      privilege: CHANGE,
      needs: ['software'],
      options: { ...VIB_URL, ...HOW, ...UNCHECKED },
      output: RESULT,
      run: ({ software }, args) => shown(software.install(args.viburl, kind, how(args))),
    }),
  ),
  command({
    path: 'software vib list',
    summary: 'Lists the installed VIB packages.',
    privilege: READ,
    needs: ['software'],
    options: REBOOTING,
    output: table('VIBSummaryExt', {
      Name: 'string',
      Version: 'string',
      Vendor: 'string',
      'Acceptance Level': 'string',
      'Install Date': 'string',
      Platforms: 'string',
    }),
    run: ({ software }, args) => {
      const image = imageOf(software, args['rebooting-image']);
      if ('failed' in image) return image;
      const base = { descriptor: software.base, installDate: image.created.slice(0, 10) };
      const rows = image.packages.map(({ vib: { descriptor }, installDate }) => ({
        descriptor,
        installDate,
      }));
      return [base, ...rows].map(({ descriptor: { name, version, vendor, acceptance }, installDate }) => ({
        Name: name,
        Version: version,
        Vendor: vendor,
        'Acceptance Level': acceptance,
        'Install Date': installDate,
        Platforms: 'host',
      }));
    },
  }),
  command({
    path: 'software vib remove',
    summary: 'Removes VIB packages from the host.',
    privilege: CHANGE,
    needs: ['software'],
    options: { ...HOW, vibname: required(list('n', 'Specifies one or more VIBs on the host to remove.')) },
    output: RESULT,
    run: ({ software }, args) => shown(software.remove(args.vibname, how(args))),
  }),
  command({
    path: 'software vib signature verify',
    summary: 'Verifies the signatures of installed VIB packages with the keys that the host trusts now.',
    privilege: READ,
    needs: ['software'],
    options: {},
    output: table('VIBSignature', {
      Name: 'string',
      Version: 'string',
      Vendor: 'string',
      'Acceptance Level': 'string',
      'Signature Check Result': 'string',
    }),
    run: ({ software }) =>
      software.signatures().map(({ installed: { vib }, result }) => ({
        Name: vib.descriptor.name,
        Version: vib.descriptor.version,
        Vendor: vib.descriptor.vendor,
        'Acceptance Level': vib.descriptor.acceptance,
        'Signature Check Result': result,
      })),
  }),
];

function how(args: {
  readonly 'dry-run': boolean;
  readonly 'no-live-install': boolean;
  readonly 'no-sig-check'?: boolean;
}) {
  return {
    dryRun: args['dry-run'],
    noLiveInstall: args['no-live-install'],
    noSignatureCheck: args['no-sig-check'] === true,
  };
}

function imageOf(software: SoftwarePort, rebooting: boolean): Image | Failed {
  if (!rebooting) return software.image;
  return software.rebootImage ?? failed('There is no image that waits for a reboot.');
}

function nameOf({ vib }: Installed): string {
  return vib.descriptor.name;
}

function shown({ message, rebootRequired, installed, removed, skipped }: InstallResult) {
  return {
    Message: message,
    'Reboot Required': rebootRequired,
    'VIBs Installed': installed,
    'VIBs Removed': removed,
    'VIBs Skipped': skipped,
  };
}

function details({ vib }: Installed) {
  const { descriptor } = vib;
  const constraints = (kind: 'depends' | 'conflicts' | 'replaces' | 'provides') =>
    descriptor[kind].map(({ name, relation, version }) =>
      relation ? `${name} ${relation} ${version}` : name,
    );
  return {
    ID: vibId(vib),
    Name: descriptor.name,
    Version: descriptor.version,
    Type: 'bootbank',
    Vendor: descriptor.vendor,
    'Acceptance Level': descriptor.acceptance,
    Summary: descriptor.summary,
    Description: descriptor.description,
    'Creation Date': descriptor.releaseDate.slice(0, 10),
    Depends: constraints('depends'),
    Conflicts: constraints('conflicts'),
    Replaces: constraints('replaces'),
    Provides: constraints('provides'),
    'Maintenance Mode Required': descriptor.maintenanceMode,
    'Live Install Allowed': descriptor.liveInstall,
    'Live Remove Allowed': descriptor.liveRemove,
    'Stateless Ready': true,
    Payloads: descriptor.payloads.map(({ name }) => name),
  };
}
