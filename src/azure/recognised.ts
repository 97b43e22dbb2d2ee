import type { TokenClaims } from './access-token';
import { type ConnectionProblem, error, warning } from './connection-problem';
import type { Endpoint } from './endpoint';
import { accountNameProblem } from './rules';
import { readSasToken, type SasToken, sasProblem } from './sas-token';

type Found = {
  /** Empty when it was not found; `problems` says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  problems: ConnectionProblem[];
};

/** What a person pasted. `key` and `token` are secrets: never to be shown, stored or logged. */
export type Recognised =
  /** Blank. */
  | { kind: 'nothing'; problems: [] }
  | (Found & { kind: 'key'; from: 'connectionString' | 'developmentStorage'; key: string })
  | (Found & {
      kind: 'sas';
      from: 'connectionString' | 'url';
      token: string;
      sas: Omit<SasToken, 'token'>;
      /** The queue in a pasted address. */
      queue?: string;
    })
  /** An access token of Microsoft Entra ID; where it is to be used is asked for unless it is for one account alone. */
  | (Found & { kind: 'token'; token: string; claims: TokenClaims })
  /** An account name, or an address, which needs a key from elsewhere. */
  | (Found & { kind: 'account' })
  | (Found & { kind: 'endpoint'; queue?: string })
  | { kind: 'unknown'; problems: ConnectionProblem[] };

/** Says what was recognised, to follow "Recognised as": `a connection string with account key`. */
export function recognisedAs(recognised: Recognised): string | undefined {
  switch (recognised.kind) {
    case 'nothing':
    case 'unknown':
      return undefined;
    case 'key':
      return recognised.from === 'developmentStorage' ? 'the local emulator' : 'a connection string with account key';
    case 'sas':
      return recognised.from === 'url'
        ? 'a shared access signature URL'
        : 'a connection string with shared access signature';
    case 'token':
      return 'an access token';
    case 'account':
      return 'an account name';
    case 'endpoint':
      return 'a queue endpoint';
  }
}

/** An endpoint with a shared access signature, and what will keep the signature from working there. */
export function fromSas(
  from: 'connectionString' | 'url',
  endpoint: Endpoint,
  account: string,
  query: string,
  now: number,
  problems: ConnectionProblem[],
): Recognised {
  const { token, ...sas } = readSasToken(query);
  const problem = sasProblem({ token, ...sas }, now);
  if (problem !== undefined) problems.push(error('sas', problem));
  if (sas.fields['spr'] === 'https' && endpoint.endpoint.startsWith('http:')) {
    problems.push(error('sas', 'This signature is for https only (spr), and the endpoint is http.'));
  }
  const { queue } = endpoint;
  return { kind: 'sas', from, token, sas, ...(queue && { queue }), ...found(endpoint, account, problems) };
}

/** The part that every recognised connection has, with the checks on it. */
export function found(
  { endpoint, secondaryEndpoint, insteadOf }: Endpoint,
  account: string,
  problems: ConnectionProblem[],
): Found {
  const nameProblem =
    account === '' ? 'The account name is missing, and the address does not tell it.' : accountNameProblem(account);
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    problems: [
      ...(nameProblem === undefined ? [] : [error('accountName', nameProblem)]),
      ...problems,
      ...(insteadOf === undefined
        ? []
        : [
            warning(
              'endpoint',
              `This is the address of the ${insteadOf} service. The queue service of the same account is used.`,
            ),
          ]),
    ],
  };
}
