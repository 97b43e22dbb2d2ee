import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { CornerDownLeft, Inbox, Plug, Search } from 'lucide-react';
import { useState } from 'react';
import { runAction, shownKey, textOf } from '@/actions/action';
import { explorerOf, goToConnection } from '@/actions/app-actions';
import { openQueueByName } from '@/actions/open-by-name';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { useAccount } from '@/queries/use-account';
import { latestSample } from '@/state/activity/queue-counts';
import { useConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { useCommandList } from '@/state/navigation/commands';
import { goTo, openQueue } from '@/state/navigation/route';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { useArrived } from '@/ui/browser/arriving';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { Kbd } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { backdrop, panel } from '@/ui/overlay/dialog-context';
import { count } from '@/words/counts';
import { runCommand } from './bindings';
import { useCurrentConnection } from './page';
import { type Choice, findChoices } from './palette-choices';

const ICONS = { command: <CornerDownLeft />, queue: <Inbox />, connection: <Plug /> };

/** Type to find a queue, a command or a connection; arrows choose, Enter goes. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const connection = useCurrentConnection();
  const account = useAccount(connection?.id);
  return account ? (
    <WithQueues account={account} onClose={onClose} />
  ) : (
    <Palette queues={[]} placeholder="Find a command" onClose={onClose} />
  );
}

function WithQueues({ account, onClose }: { account: Account; onClose: () => void }) {
  const { names, isWhole } = useKnownQueues(account);
  const queues = names.map((name): Choice => {
    const known = latestSample(account.id, name)?.count;
    return {
      kind: 'queue',
      id: `queue-${name}`,
      title: name,
      hint: known === undefined ? '' : `≈ ${count(known)}`,
      run: () => goTo({ ...explorerOf(account.id), queue: name }),
    };
  });

  /** A queue that is not among those that the page knows, by its whole name. */
  function byName(text: string): Choice | undefined {
    const name = text.trim();
    if (queueNameProblem(name) !== undefined || names.includes(name) || !mayNameQueues(account.id)) return undefined;
    return {
      kind: 'queue',
      id: 'queue-by-name',
      title: `Open queue "${name}"`,
      hint: isWhole ? 'Not in the list' : 'By its name',
      run: () => (isWhole ? openQueue : openQueueByName)(account.id, name),
    };
  }

  return (
    <Palette
      queues={queues}
      byName={byName}
      placeholder={`Find a queue in ${account.name} or a command`}
      onClose={onClose}
    />
  );
}

type PaletteProps = {
  queues: readonly Choice[];
  /** What is offered below all that is found. */
  byName?: (text: string) => Choice | undefined;
  placeholder: string;
  onClose: () => void;
};

function Palette({ queues, byName, placeholder, onClose }: PaletteProps) {
  const [text, setText] = useState('');
  useArrived();
  const matches = findChoices([...useCommandChoices(), ...useConnectionChoices(), ...queues], text);
  const named = byName?.(text);
  const found = named ? [...matches, named] : matches;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          aria-label="Search or run a command"
          className={cx(
            panel,
            'top-24! flex max-h-[min(480px,calc(100dvh-128px))]! w-140 translate-y-0! flex-col max-desk:top-3!',
          )}
        >
          <Autocomplete.Root
            inline
            open
            // `findChoices` has filtered and ranked them.
            mode="none"
            items={found}
            value={text}
            onValueChange={(value, { reason }) => reason === 'input-change' && setText(value)}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex h-12 flex-none items-center gap-2.5 border-b border-line px-4">
              <Search className="text-text-3" />
              <Autocomplete.Input
                aria-label="Search or run a command"
                spellCheck={false}
                placeholder={placeholder}
                {...REFUSES_SECRETS}
                // The only tab stop in here: between two focus guards, a fast Tab could end on neither.
                onKeyDown={(event) => event.key === 'Tab' && event.preventDefault()}
                className="h-full min-w-0 flex-1 bg-transparent text-15 outline-none placeholder:text-text-3"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Autocomplete.Empty>
              {found.length === 0 && <p className="px-4 py-3 text-text-3">Nothing matches {text}</p>}
            </Autocomplete.Empty>
            <Autocomplete.List aria-label="Found" className="min-h-0 flex-1 overflow-y-auto p-1.5 data-empty:hidden">
              {(choice: Choice) => (
                <Autocomplete.Item
                  key={choice.id}
                  value={choice}
                  onClick={() => {
                    // Closes first, because the command may open a dialog.
                    onClose();
                    choice.run();
                  }}
                  // Choosing it shows the reason.
                  aria-disabled={choice.isOff || undefined}
                  className="flex h-8 items-center gap-2.5 rounded-6 px-2.5 aria-disabled:text-text-3 data-highlighted:bg-active max-desk:h-11 forced-colors:data-highlighted:outline [&>.lucide]:text-text-3"
                >
                  {ICONS[choice.kind]}
                  <span className="min-w-0 flex-1 truncate">{choice.title}</span>
                  {choice.environment && <EnvironmentBadge environment={choice.environment} />}
                  <span className={cx('truncate text-12 text-text-3', choice.isOff && 'max-w-3/5')}>{choice.hint}</span>
                  {choice.keys && <Kbd>{choice.keys}</Kbd>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const useCommandChoices = () =>
  useCommandList()
    .filter(({ id, enabled }) => enabled !== false && id !== 'app.commands' && !id.startsWith('app.connection.'))
    .map((command): Choice => {
      const { id, title, group, reason } = command;
      return {
        kind: 'command',
        id: `command-${id}`,
        title,
        hint: reason ?? group,
        isOff: reason !== undefined,
        keys: shownKey(command),
        run: () => runCommand(command),
      };
    });

const useConnectionChoices = () =>
  useConnections().map((connection, index): Choice => {
    const action = goToConnection(connection, index);
    return {
      kind: 'connection',
      id: `connection-${index}`,
      title: textOf(action.label, {}),
      hint: new URL(connection.endpoint).host,
      environment: environmentOf(connection.environment),
      keys: shownKey(action),
      run: () => runAction(action, {}),
    };
  });
