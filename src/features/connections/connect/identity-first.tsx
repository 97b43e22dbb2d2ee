import { LogIn } from 'lucide-react';
import { Button } from '@/ui/controls/button';

/**
 * For an account that an application reaches by an identity: signing in comes first, the key field below is the second way.
 */
export const IdentityFirst = ({ onSignIn }: { onSignIn: () => void }) => (
  <div className="flex flex-wrap items-center gap-2 rounded-8 border border-info-line bg-info-tint px-3 py-2">
    <p className="min-w-0 flex-1 basis-60">
      The identity itself has no secret to paste. Sign in with your own role on the account, or paste an access token
      under the text above. An account key, if the account accepts one, goes below.
    </p>
    <Button icon={<LogIn />} className="max-desk:h-11" onClick={onSignIn}>
      Sign in instead
    </Button>
  </div>
);
