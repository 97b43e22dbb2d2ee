import type { ConnectionProblem } from '@/azure/connection-input/input-problem';
import type { TokenClaims } from '@/azure/credentials/access-token';
import { useDeviceNow } from '@/ui/browser/use-now';
import { dateTime, duration } from '@/words/times';
import { CheckRow } from '../check/check-rows';

type TokenRowsProps = { claims: TokenClaims; problems: readonly ConnectionProblem[] };

/** Rows for the claims of an access token: owner, audience, directory and expiry. They are not verified. */
export function TokenRows({ claims, problems }: TokenRowsProps) {
  const { audience, tenant, who } = claims;
  const tokenError = problems.find(({ field, severity }) => field === 'token' && severity === 'error');
  const tokenWarning = problems.find(({ field, severity }) => field === 'token' && severity === 'warning');
  return (
    <>
      <CheckRow name="Signed in as" state={who === '' ? 'open' : 'ok'}>
        <span className="min-w-0 truncate">{who || 'The token does not say'}</span>
      </CheckRow>
      {tenant && (
        <CheckRow name="Directory" state="ok">
          <span className="min-w-0 truncate font-mono">{tenant}</span>
        </CheckRow>
      )}
      <CheckRow name="Token for" state={tokenWarning ? 'attention' : 'ok'}>
        {tokenWarning ? (
          <span className="[overflow-wrap:anywhere]">{tokenWarning.message}</span>
        ) : (
          <span className="font-mono">{audience}</span>
        )}
      </CheckRow>
      <CheckRow name="Valid" state={tokenError ? 'wrong' : 'ok'}>
        {tokenError ? (
          <span className="[overflow-wrap:anywhere]">{tokenError.message}</span>
        ) : (
          <TimeLeft expiresAt={claims.expiresAt} />
        )}
      </CheckRow>
    </>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: Date | undefined }) {
  const now = useDeviceNow();
  if (!expiresAt) return 'As long as Azure accepts it';
  const left = expiresAt.getTime() - now;
  return (
    <>
      {left > 0 ? `${duration(left)} left` : 'Expired'}
      <span className="text-text-3">until {dateTime(expiresAt)}</span>
    </>
  );
}
