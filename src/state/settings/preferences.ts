import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { LanguageName } from '@/samples/language';
import type { HourClock } from '@/words/locale';

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

const store = create<Preferences>()(
  persist(() => defaults, {
    name: 'queuescope.preferences',
    version: 1,
    // A newer build may have settings that this device has not stored.
    merge: (stored, current) => ({ ...current, ...(stored as Partial<Preferences>) }),
  }),
);

export const usePreference = <Name extends keyof Preferences>(name: Name) => store((state) => state[name]);
export const preferences = () => store.getState();
/** Calls `changed` after every change; returns a function that ends that. */
export const whenPreferencesChange = (changed: () => void) => store.subscribe(changed);
export const setPreference = <Name extends keyof Preferences>(name: Name, value: Preferences[Name]) =>
  store.setState({ [name]: value });
export const resetPreferences = () => store.setState(defaults);
