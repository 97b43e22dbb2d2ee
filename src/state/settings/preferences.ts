import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { LanguageName } from '@/samples/language';
import type { HourClock } from '@/words/locale';
import { followStorage, followStored } from './kept-store';
import { MIGRATIONS } from './preference-migrations';

/** Settings of this device. Without accounts, messages and secrets. */
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  /** How times of day are written: docs/decisions/interface-and-bundle.md#numbers-and-dates-are-the-persons-words-are-english */
  clock: HourClock;
  density: 'compact' | 'regular' | 'roomy';
  /** Single keys such as `N` or `Del`; combinations always work. */
  singleKeys: boolean;
  /** Dequeue count from which a message counts as poison, 1–100. */
  poisonThreshold: number;
  live: boolean;
  /** Seconds between refreshes while live, 1–300. */
  liveInterval: number;
  /** Minutes without use after which secrets are locked; 0 for never. */
  lockAfter: number;
  /** True when Live counts as use. */
  liveGoesOn: boolean;
  queueSort: 'name' | 'count';
  /** Last used arguments of Receive: messages and seconds. */
  receive: { count: number; visibilityTimeout: number };
  peekCount: number;
  /** Messages that a search by id receives at most. */
  leaseLimit: number | 'all';
  hiddenColumns: string[];
  sidebar: { width: number; open: boolean };
  details: { width: number };
  drawer: { height: number; open: boolean };
  wrapBody: boolean;
  /** The language of code equivalents that was chosen last, wherever they are shown. */
  codeLanguage: LanguageName;
};

/** Height of the drawer as long as nobody has chosen another. */
export const USUAL_DRAWER_PX = 172;

const defaults: Preferences = {
  theme: 'system',
  clock: 'locale',
  density: 'regular',
  singleKeys: true,
  poisonThreshold: 5,
  live: false,
  liveInterval: 5,
  lockAfter: 0,
  liveGoesOn: false,
  queueSort: 'name',
  receive: { count: 1, visibilityTimeout: 30 },
  peekCount: MOST_MESSAGES,
  leaseLimit: 320,
  hiddenColumns: [],
  sidebar: { width: 240, open: true },
  details: { width: 400 },
  drawer: { height: USUAL_DRAWER_PX, open: false },
  wrapBody: false,
  codeLanguage: 'curl',
};

/** Whether a value is one that a setting can have. What is stored or in a file may be of another version, or anything. */
const RULES: { [Name in keyof Preferences]: (value: unknown) => boolean } = {
  theme: oneOf('system', 'light', 'dark'),
  clock: oneOf('locale', '24', '12'),
  density: oneOf('compact', 'regular', 'roomy'),
  singleKeys: isSwitch,
  poisonThreshold: whole(1, 100),
  live: isSwitch,
  liveInterval: whole(1, 300),
  lockAfter: whole(0, 1440),
  liveGoesOn: isSwitch,
  queueSort: oneOf('name', 'count'),
  receive: fields({ count: whole(1, MOST_MESSAGES), visibilityTimeout: whole(1, 7 * 86_400) }),
  peekCount: whole(1, MOST_MESSAGES),
  leaseLimit: (value) => value === 'all' || whole(1, 1_000_000)(value),
  hiddenColumns: (value) => Array.isArray(value) && value.length <= 100 && value.every(isShortText),
  sidebar: fields({ width: whole(200, 360), open: isSwitch }),
  details: fields({ width: whole(320, 640) }),
  drawer: fields({ height: whole(1, 10_000), open: isSwitch }),
  wrapBody: isSwitch,
  codeLanguage: oneOf(...(['curl', 'python', 'javascript', 'csharp', 'cli', 'go'] satisfies LanguageName[])),
};

function oneOf(...values: readonly unknown[]) {
  return (value: unknown) => values.includes(value);
}
function isSwitch(value: unknown) {
  return typeof value === 'boolean';
}
function isShortText(value: unknown) {
  return typeof value === 'string' && value.length <= 100;
}
function whole(least: number, most: number) {
  return (value: unknown) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
/** An object with these fields, and no others. */
function fields(rules: Record<string, (value: unknown) => boolean>) {
  return (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === Object.keys(rules).length &&
    Object.entries(rules).every(([name, rule]) => Object.hasOwn(value, name) && rule(Reflect.get(value, name)));
}

const isSetting = (name: string): name is keyof Preferences => Object.hasOwn(RULES, name);

/** The settings of an object that this version knows with values that they can have; the names of the others are in `left`. */
export function soundPreferences(from: unknown): { sound: Partial<Preferences>; left: string[] } {
  const sound: Record<string, unknown> = {};
  const left: string[] = [];
  if (typeof from === 'object' && from !== null && !Array.isArray(from))
    for (const [name, value] of Object.entries(from))
      if (isSetting(name) && RULES[name](value)) sound[name] = value;
      else left.push(name);
  return { sound, left };
}

const NAME = 'queuescope.preferences';
/** Of the settings, in the storage and in files. */
export const PREFERENCES_VERSION = MIGRATIONS.length + 1;

/** Settings of a version up to this one as this one has them; those of a newer one as they are. */
export const migrated = ({ state, version }: Versioned): Record<string, unknown> =>
  MIGRATIONS.slice(version - 1).reduce((before, next) => next(before), state);

type Versioned = { state: Record<string, unknown>; version: number };
/** `older`: what an older version of the page has set since a newer one stored the rest. */
type Stored = Versioned & { older?: Versioned | undefined };

function versioned(from: unknown): Versioned | undefined {
  const { state, version } = (from ?? {}) as { state?: Versioned['state'] | null; version?: unknown };
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  const isVersion = Number.isInteger(version) && (version as number) >= 1;
  return { state, version: isVersion ? (version as number) : PREFERENCES_VERSION };
}

/** What is stored, as it is; undefined where nothing is, or nothing of ours. */
function readStored(): Stored | undefined {
  try {
    const from = JSON.parse(localStorage.getItem(NAME) ?? '{}') as { older?: unknown } | null;
    const newest = versioned(from);
    return newest && { ...newest, older: versioned(from?.older) };
  } catch {
    return undefined;
  }
}

/** All that is stored, as this version has it. */
const settingsIn = (stored: Stored | undefined): Record<string, unknown> => ({
  ...(stored && migrated(stored)),
  ...(stored?.older && migrated(stored.older)),
});

/** What is stored next. Under what a newer version stored nothing changes: what is set here stands beside it, with its own version. */
function nextStored(state: Partial<Preferences>): Stored {
  const before = readStored();
  const version = PREFERENCES_VERSION;
  if (before && before.version > version) {
    const set = Object.entries(state).filter(([name]) => chosen.includes(name));
    const own = before.older && migrated(before.older);
    return { ...before, older: { state: { ...own, ...Object.fromEntries(set) }, version } };
  }
  const all = settingsIn(before);
  const others = soundPreferences(all).left.filter((one) => !chosen.includes(one));
  return { state: { ...state, ...Object.fromEntries(others.map((one) => [one, all[one]])) }, version };
}

/** Names that are being set: all else that is not known here, by another name or as another value, stays for who knows it. */
let chosen: readonly string[] = [];
/** False once the browser has refused to store: what is in memory is all there is. */
let isStored = true;

const store = create<Preferences>()(
  persist(() => defaults, {
    name: NAME,
    version: PREFERENCES_VERSION,
    storage: {
      getItem: () => ({ state: settingsIn(readStored()) as Partial<Preferences>, version: PREFERENCES_VERSION }),
      setItem: (name, { state }) => {
        try {
          localStorage.setItem(name, JSON.stringify(nextStored(state)));
        } catch {
          isStored = false;
        }
      },
      removeItem: (name) => localStorage.removeItem(name),
    },
    partialize: (state): Partial<Preferences> => state,
    // From the defaults: what another tab has reset is no longer stored. A newer build may have settings that are not, either.
    merge: (stored) => ({ ...defaults, ...soundPreferences(stored).sound }),
  }),
);

/** Takes in what another tab has stored. Nothing is written, so that no two tabs answer each other. */
const takeIn = () => void store.persist.rehydrate();

/** Follows the changes of other tabs from now on, of settings and of all other stores that are kept; returns what ends that. */
export function followOtherTabs(): () => void {
  followStored(NAME, takeIn);
  return followStorage();
}

/** Sets some settings, over what other tabs have stored meanwhile; gives back what puts those before there again. */
export function setPreferences(change: Partial<Preferences>): () => void {
  if (isStored && readStored()) takeIn();
  const before = store.getState();
  const names = Object.keys(change) as (keyof Preferences)[];
  put(change);
  return () => put(Object.fromEntries(names.map((name) => [name, before[name]])));
}

function put(change: Partial<Preferences>) {
  chosen = Object.keys(change);
  store.setState(change);
  chosen = [];
}

export const usePreference = <Name extends keyof Preferences>(name: Name) => store((state) => state[name]);
export const preferences = () => store.getState();
/** Calls `changed` after every change; returns a function that ends that. */
export const whenPreferencesChange = (changed: () => void) => store.subscribe(changed);
export const setPreference = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]) =>
  void setPreferences({ [name]: value });
export const resetPreferences = () => void setPreferences(defaults);
