import { Button } from '@/ui/controls/button';

type SignInProblemProps = {
  problem: string | undefined;
  /** Leaves the page to sign in; undefined when a window can be opened. */
  onSignInHere: (() => void) | undefined;
};

/** Says why signing in failed, and offers to sign in without a window. */
export function SignInProblem({ problem, onSignInHere }: SignInProblemProps) {
  if (problem === undefined) return null;
  return (
    <div
      role="alert"
      className="grid justify-items-start gap-2 rounded-8 border border-danger-line bg-danger-tint px-3 py-2"
    >
      <p className="[overflow-wrap:anywhere]">{problem}</p>
      {onSignInHere && (
        <>
          <p className="text-12 text-text-2">
            Allow windows for this page in the browser, or sign in in this tab: it comes back here. Drafts that are not
            sent are lost.
          </p>
          <Button onClick={onSignInHere}>Sign in in this tab</Button>
        </>
      )}
    </div>
  );
}
