import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { type CorsFlavour, corsCommand } from '@/azure/diagnosis/cors-commands';
import type { Connection } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { isLoopback } from '@/azure/protocol/loopback';
import { bashQuoted, scriptQuoted } from '@/azure/protocol/shell-text';
import { findOwnCommand } from '@/state/tab/own-command';
import { copyText } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { TabPanel, Tabs } from '@/ui/controls/tabs';
import { announce } from '@/ui/feedback/live-region';
import { HighlightedCommand } from '../shared/highlighted-command';

/** The CORS rule that this page needs, to copy for the tool that the person has. */
export function CorsHelp({ target }: { target: CorsTarget }) {
  const { data: ownCommand = null } = useQuery({
    queryKey: ['own-command'],
    queryFn: async () => (await findOwnCommand()) ?? null,
    staleTime: Infinity,
  });
  const ways = corsWays(target, location.origin, ownCommand);
  const [chosen, setChosen] = useState<CorsWay['id']>('cli');
  const way = ways.find(({ id }) => id === chosen) ?? ways[0];
  return (
    <div className="min-w-0">
      <Tabs
        label="How to fix CORS"
        value={way?.id ?? 'cli'}
        onChange={setChosen}
        tabs={ways.map(({ id, title }) => ({ value: id, label: title }))}
        listClassName="border-b border-line pr-1.5 pl-3 text-12"
        after={way && <CopyCommand way={way} />}
      >
        {ways.map(({ id, code, note, title }) => (
          <TabPanel key={id} value={id} tabIndex={-1}>
            <pre
              role="region"
              aria-label={`${title}: how to add the CORS rule`}
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Long lines have to be scrolled by keyboard too.
              tabIndex={0}
              className="overflow-x-auto px-3 py-2.5 font-mono text-12/4.5 whitespace-pre -outline-offset-2! max-desk:break-words max-desk:whitespace-pre-wrap"
            >
              <HighlightedCommand code={code} />
            </pre>
            <p className="px-3 pb-2.5 text-12 text-text-3">{note}</p>
          </TabPanel>
        ))}
      </Tabs>
    </div>
  );
}

function CopyCommand({ way }: { way: CorsWay }) {
  async function copy() {
    if (await copyText(way.code)) announce('Command copied');
  }
  return (
    <Button variant="ghost" size="sm" icon={<Copy />} aria-label="Copy command" onClick={() => void copy()}>
      {/* The tabs need the room. */}
      <span className="max-desk:sr-only">Copy</span>
    </Button>
  );
}

/** The account whose rules have to be changed. */
export type CorsTarget = { account: string; endpoint: string; local: boolean };

/** A tool that adds a CORS rule, with its code. */
export type CorsWay = { id: CorsFlavour | 'own' | 'node'; title: string; code: string; note: string };

/** For a page that is not served by a local server. Never the name of a package alone, which a registry would answer. */
const IN_ITS_FOLDER = 'node scripts/run/queuescope.mjs';

const ADDS = 'Adds one rule to the existing ones.';

/** The tools that let the page at `origin` in. An emulator has no portal and no Bicep. None of the code holds a secret. */
function corsWays(target: CorsTarget, origin: string, ownCommand: string | null): CorsWay[] {
  const command = (flavour: CorsFlavour) => withPublicKey(target, corsCommand(target, origin, flavour));
  const cli = { id: 'cli', title: 'Azure CLI', code: command('cli') } as const;
  const own = {
    id: 'own',
    title: 'Queuescope',
    code: `${ownCommand ?? IN_ITS_FOLDER} cors add --origin ${bashQuoted(origin)} --connection-string-stdin`,
    note: `Needs only Node${ownCommand === null ? ': run it in the folder of Queuescope' : ''}. It asks for the connection string without showing it, shows the change, and asks again before it writes.`,
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
    { id: 'portal', title: 'Portal', code: command('portal'), note: 'Add a row to the existing ones.' },
    {
      id: 'bicep',
      title: 'Bicep',
      code: command('bicep'),
      note: 'A deployment replaces the whole list: include your existing rules.',
    },
  ];
}

/** Completes a command for the emulator, whose key is public. */
const withPublicKey = ({ account }: CorsTarget, command: string) =>
  account === EMULATOR.account ? command.replaceAll('<account-key>', EMULATOR.key) : command;

// For people who run Azurite and so have Node, but no Azure CLI; Azurite accepts that only with --skipApiVersionCheck.
const node = ({ account, endpoint }: CorsTarget, origin: string) => `npm install @azure/storage-queue
node --input-type=module -e "
import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
const key = new StorageSharedKeyCredential(${scriptQuoted(account)}, ${account === EMULATOR.account ? scriptQuoted(EMULATOR.key) : "'<account-key>'"});
const service = new QueueServiceClient(${scriptQuoted(endpoint)}, key);
const { cors = [] } = await service.getProperties();
cors.push({ allowedOrigins: ${scriptQuoted(origin)}, allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*', exposedHeaders: '*', maxAgeInSeconds: 7200 });
await service.setProperties({ cors });"`;

/** The account of a connection whose CORS rules have to be changed. */
export const corsTarget = ({ account, endpoint }: Pick<Connection, 'account' | 'endpoint'>) => ({
  account,
  endpoint,
  local: isLoopback(new URL(endpoint).hostname),
});
