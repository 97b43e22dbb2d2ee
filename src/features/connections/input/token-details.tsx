import type { ConnectionProblem } from '@/azure/connection-input/input-problem';
import type { TokenClaims } from '@/azure/credentials/access-token';
import { useDeviceNow } from '@/ui/browser/use-now';
import { dateTime, duration } from '@/ui/format/relative-time';
import { CheckRow } from '../check/check-row';

type TokenRowsProps = { claims: TokenClaims; problems: readonly ConnectionProblem[] };

/** What an access token says of itself: whose it is, for what, from where and until when. Nothing here is verified. */
export function TokenRows({ claims, problems }: TokenRowsProps) {
  const { audience, tenant, who } = claims;
  const wrong = problems.find(({ field, severity }) => field === 'token' && severity === 'error');
  const doubt = problems.find(({ field, severity }) => field === 'token' && severity === 'warning');
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
      <CheckRow name="Token for" state={doubt ? 'attention' : 'ok'}>
        {doubt ? (
          <span className="[overflow-wrap:anywhere]">{doubt.message}</span>
        ) : (
          <span className="font-mono">{audience}</span>
        )}
      </CheckRow>
      <CheckRow name="Valid" state={wrong ? 'wrong' : 'ok'}>
        {wrong ? (
          <span className="[overflow-wrap:anywhere]">{wrong.message}</span>
        ) : (
          <TimeLeft expiresAt={claims.expiresAt} />
        )}
      </CheckRow>
    </>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: Date | undefined }) {
  const now = useDeviceNow();
  if (!expiresAt) return 'For as long as Azure takes it';
  const left = expiresAt.getTime() - now;
  return (
    <>
      {left > 0 ? `${duration(left)} left` : 'Expired'}
      <span className="text-text-3">until {dateTime(expiresAt)}</span>
    </>
  );
}
