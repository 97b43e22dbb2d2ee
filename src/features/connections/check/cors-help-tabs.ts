import { type CorsFlavour, corsCommand } from '@/azure/diagnosis/cors-commands';
import { EMULATOR } from '@/azure/protocol/emulator';

/** Whose rules are to be changed. */
export type CorsTarget = { account: string; endpoint: string; local: boolean };

/** A way to add a CORS rule, for somebody who has that tool. */
export type CorsWay = { id: CorsFlavour | 'own' | 'node'; title: string; code: string; note: string };

const ADDS = 'Adds one rule to those that are there.';

/** The ways to let the page at `origin` in; an emulator has no portal and no Bicep. None of them holds a secret. */
export function corsWays(target: CorsTarget, origin: string): CorsWay[] {
  const command = (flavour: CorsFlavour) => withPublicKey(target, corsCommand(target, origin, flavour));
  const cli = { id: 'cli', title: 'Azure CLI', code: command('cli') } as const;
  const own = {
    id: 'own',
    title: 'npx queuescope',
    code: `npx queuescope cors add --origin ${origin} --connection-string-stdin`,
    note: 'Needs Node alone: run it in the folder of Queuescope. It asks for the connection string without showing it, shows what changes, and asks again before it writes.',
  } as const;
  if (target.local) {
    return [
      { ...cli, note: `${ADDS} It applies at once.` },
      own,
      { id: 'node', title: 'Node.js', code: node(target, origin), note: `${ADDS} It applies at once.` },
    ];
  }
  return [
    { ...cli, note: ADDS },
    own,
    { id: 'powershell', title: 'PowerShell', code: command('powershell'), note: ADDS },
    { id: 'portal', title: 'Portal', code: command('portal'), note: 'Add a row to those that are there.' },
    {
      id: 'bicep',
      title: 'Bicep',
      code: command('bicep'),
      note: 'A deployment sets the whole list: keep the rules that you have beside this one.',
    },
  ];
}

/** The emulator's key is public, so its command can be complete. */
const withPublicKey = ({ account }: CorsTarget, command: string) =>
  account === EMULATOR.account ? command.replaceAll('<account-key>', EMULATOR.key) : command;

// The way for those who run Azurite and so have Node, but no Azure CLI. Azurite wants --skipApiVersionCheck for it.
const node = ({ account, endpoint }: CorsTarget, origin: string) => `npm install @azure/storage-queue
node --input-type=module -e "
import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
const key = new StorageSharedKeyCredential('${account}', '${account === EMULATOR.account ? EMULATOR.key : '<account-key>'}');
const service = new QueueServiceClient('${endpoint}', key);
const { cors = [] } = await service.getProperties();
cors.push({ allowedOrigins: '${origin}', allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*', exposedHeaders: '*', maxAgeInSeconds: 7200 });
await service.setProperties({ cors });"`;
