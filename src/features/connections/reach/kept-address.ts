import { endpointFor } from '@/azure/connection-input/build-connection';
import type { ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { addressWith } from '@/azure/protocol/endpoint';

/** In `sessionStorage` while the page loads again with a policy that allows the address; no secret. */
const NOTE = 'queuescope.allowed-address';

/** What a form begins with after the reload. */
export type KeptAddress = {
  endpoint: string;
  account: string;
  /** True for the form to sign in; else it is for a text that is pasted. */
  signsIn: boolean;
  /** The kind of secret that was typed, and was not kept; undefined when there was none. */
  lost?: 'key' | 'sas' | 'token' | undefined;
};

/** Keeps the address, with the queue in it, and the account of what was recognised, and not its secret, for the page that loads next. */
export function keepAddress(parsed: ParsedConnection, typed: { account: string; key: string }): void {
  const { account = '', endpoint } = endpointFor(parsed, typed.account || undefined);
  const isSecret = parsed.kind === 'key' || parsed.kind === 'sas' || parsed.kind === 'token';
  keep({
    endpoint: addressWith(endpoint, parsed.queue),
    account,
    signsIn: false,
    lost: isSecret ? parsed.kind : typed.key === '' ? undefined : 'key',
  });
}

/** Keeps the address that a person wants to sign in to. */
export const keepSignInAddress = (endpoint: string) => keep({ endpoint, account: '', signsIn: true });

const keep = (note: KeptAddress) => sessionStorage.setItem(NOTE, JSON.stringify(note));

const KINDS = ['key', 'sas', 'token'] as const;

let taken: { note: KeptAddress | undefined } | undefined;

/** What the page before this one kept for a form; the same for as long as this page is open, and removed from the storage. */
export function keptAddress(signsIn: boolean): KeptAddress | undefined {
  taken ??= { note: take() };
  return taken.note?.signsIn === signsIn ? taken.note : undefined;
}

/** Forgets it, once it was used. */
export const dropKeptAddress = () => void (taken = { note: undefined });

function take(): KeptAddress | undefined {
  try {
    const note = sessionStorage.getItem(NOTE);
    sessionStorage.removeItem(NOTE);
    const { endpoint, account, signsIn, lost } = JSON.parse(note ?? '{}') as Record<string, unknown>;
    if (typeof endpoint !== 'string' || typeof account !== 'string') return undefined;
    return { endpoint, account, signsIn: signsIn === true, lost: KINDS.find((kind) => kind === lost) };
  } catch {
    return undefined;
  }
}
