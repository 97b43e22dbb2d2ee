import {
  migrated,
  PREFERENCES_VERSION,
  type Preferences,
  preferences,
  setPreferences,
  soundPreferences,
} from '@/state/settings/preferences';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { toast } from '@/ui/overlay/toast-store';
import { counted, listed } from '@/words/counts';
import { isolated } from '@/words/isolate';
import { bytes } from '@/words/sizes';

/** What a file of settings says that it is. */
const KIND = 'queuescope-settings';
/** A file of settings has less than one; what is larger is not read. */
const MOST_BYTES = 65_536;
/** Names of what was left out that are told; a hostile file has thousands. */
const MOST_TOLD = 3;

type Read = { problem: string } | { problem?: undefined; sound: Partial<Preferences>; left: string[] };

/** The settings as a file: no connection, key, queue or message is in it. */
export const writeSettingsFile = (settings: Preferences): string =>
  `${JSON.stringify({ kind: KIND, version: PREFERENCES_VERSION, settings }, null, 2)}\n`;

/** Reads a file of settings, of any version up to this one. What is wrong with it is a sentence. */
export function readSettingsFile(text: string): Read {
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { problem: 'This file is not JSON. A file of settings is.' };
  }
  const { kind, version, settings } = (file ?? {}) as { kind?: unknown; version?: unknown; settings?: unknown };
  if (kind !== KIND || typeof settings !== 'object' || settings === null || Array.isArray(settings))
    return { problem: 'This file has no settings of Queuescope.' };
  if (!Number.isInteger(version) || (version as number) < 1)
    return { problem: 'This file does not say of which version its settings are.' };
  if ((version as number) > PREFERENCES_VERSION)
    return {
      problem: `A newer version of Queuescope wrote this file: its settings are of version ${String(version)}, and this page reads version ${PREFERENCES_VERSION}.`,
    };
  const read = soundPreferences(migrated({ state: settings as Record<string, unknown>, version: version as number }));
  return Object.keys(read.sound).length > 0 ? read : { problem: 'This file has no setting that this page knows.' };
}

/** Saves the settings of this device as a file. */
export function exportSettings(): void {
  const name = `${timedName('queuescope-settings', new Date())}.json`;
  saveFile(name, new Blob([writeSettingsFile(preferences())], { type: 'application/json' }));
  toast({ title: `Settings saved as ${name}`, tone: 'success' });
}

/** Takes the settings of a file over, and offers to put the former ones back. */
export async function importSettings(file: File): Promise<void> {
  const read = await readFile(file);
  if (read.problem !== undefined) {
    toast({ title: `${isolated(file.name.slice(0, 80))} was not imported`, detail: read.problem, tone: 'warn' });
    return;
  }
  const undo = setPreferences(read.sound);
  const left = leftText(read.left);
  toast({
    title: `Imported ${counted(Object.keys(read.sound).length, 'setting')}`,
    ...(left !== undefined && { detail: left }),
    tone: left === undefined ? 'success' : 'warn',
    action: { label: 'Undo', kbd: 'Z', onClick: undo },
  });
}

async function readFile(file: File): Promise<Read> {
  if (file.size > MOST_BYTES)
    return { problem: `This file has ${bytes(file.size)}. A file of settings has at most ${bytes(MOST_BYTES)}.` };
  try {
    return readSettingsFile(await file.text());
  } catch {
    return { problem: 'This file could not be read.' };
  }
}

/** Which settings of a file stay as they are here; undefined where none does. */
function leftText(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const told = names.slice(0, MOST_TOLD).map((name) => isolated(name.slice(0, 40)));
  const more = names.length - told.length;
  return `Left out, as this version does not know them or their values: ${listed(more > 0 ? [...told, counted(more, 'other')] : told)}.`;
}
