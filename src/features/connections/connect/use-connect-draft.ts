import { useMemo, useReducer } from 'react';
import { tokenAt } from '@/azure/connection-input/access-token-input';
import { endpointFor, type TypedFields } from '@/azure/connection-input/build-connection';
import { needsOf } from '@/azure/connection-input/missing-fields';
import type { ConnectionInput } from '@/azure/connection-input/parsed-connection';
import { urlOf } from '@/azure/protocol/decode-uri';
import { environmentOf, suggestedEnvironment } from '@/state/connections/environments';
import { mayReach } from '@/state/tab/page-policy';
import { type MaskedText, mask } from '../input/masked-text';
import { chosenOf, connectionIn, parseDraft } from '../input/parse-draft';
import type { KeptAddress } from '../reach/kept-address';
import type { SafetySettings } from '../shared/environment-fields';

const NO_FIELDS = { account: '', key: '', queue: '' };

type State = {
  draft: MaskedText;
  /** Fields typed beside the text, for what it leaves out; blank when not typed. */
  typed: typeof NO_FIELDS;
  /** Index of the chosen one of several connections in the text. */
  choice: number | undefined;
  /** The safety settings that the person chose; undefined while the suggested ones apply. */
  chosenSafety: SafetySettings | undefined;
};

type Action =
  | { change: 'text'; draft: MaskedText }
  | { change: 'choice'; choice: number }
  | { change: 'typed'; fields: TypedFields }
  | { change: 'safety'; safety: SafetySettings };

function reduce(state: State, action: Action): State {
  switch (action.change) {
    case 'text': {
      const { draft } = action;
      const input = parseDraft(draft);
      const { connection } = read(parseDraft(state.draft), state);
      // Safety settings that were chosen for one account do not apply to another.
      const isSameAccount = connectionIn(input)?.account === connection?.account;
      const chosenSafety = isSameAccount ? state.chosenSafety : undefined;
      return { draft, choice: undefined, typed: fieldsNeededBy(input, state.typed), chosenSafety };
    }
    case 'choice': {
      const { choice } = action;
      return { ...state, choice, typed: fieldsNeededBy(chosenOf(parseDraft(state.draft), choice), state.typed) };
    }
    case 'typed':
      return { ...state, typed: { ...state.typed, ...action.fields } };
    case 'safety':
      return { ...state, chosenSafety: action.safety };
  }
}

/** Drops typed fields that the next text does not ask for: they must not replace what it says. */
function fieldsNeededBy(input: ConnectionInput, typed: State['typed']): State['typed'] {
  const connection = connectionIn(input);
  const needs = connection && needsOf(connection);
  return {
    account: needs?.account ? typed.account : '',
    key: needs?.key ? typed.key : '',
    queue: needs?.queue ? typed.queue : '',
  };
}

/** What a text and the fields beside it mean together. */
function read(whole: ConnectionInput, { choice, typed }: Pick<State, 'choice' | 'typed'>) {
  const chosen = chosenOf(whole, choice);
  const input = chosen.kind === 'token' ? tokenAt(chosen, typed.account) : chosen;
  return {
    whole,
    /** The input to connect with: the chosen one, and a token with the account that was typed. */
    input,
    /** The connection in `input`, if it is one. */
    connection: connectionIn(input),
    /** The connection in the text alone, to ask for what it leaves out. */
    incomplete: connectionIn(chosen),
  };
}

export type ConnectDraft = ReturnType<typeof useConnectDraft>;

/**
 * The state of the connect form: the text, the fields beside it, the choice among several, and the safety settings. It begins
 * with what was `kept` over a reload, else with an account name.
 */
export function useConnectDraft(account: string, kept: KeptAddress | undefined) {
  const [state, change] = useReducer(reduce, account, (name) => {
    const draft = mask(kept?.endpoint ?? name);
    const typed = fieldsNeededBy(parseDraft(draft), { ...NO_FIELDS, account: kept?.account ?? '' });
    return { draft, typed, choice: undefined, chosenSafety: undefined };
  });
  const whole = useMemo(() => parseDraft(state.draft), [state.draft]);
  const parsed = read(whole, state);
  const suggestion = suggestedEnvironment(parsed.connection?.account || state.typed.account);
  const safety: SafetySettings = state.chosenSafety ?? {
    environment: suggestion,
    readOnly: environmentOf(suggestion)?.production ?? false,
  };
  const endpoint = parsed.connection && endpointFor(parsed.connection, state.typed.account || undefined).endpoint;
  /** The address, while this page may not reach it. */
  const blocked = endpoint && urlOf(endpoint) && !mayReach(endpoint) ? endpoint : undefined;
  return { ...state, ...parsed, blocked, suggestion, safety, change };
}
