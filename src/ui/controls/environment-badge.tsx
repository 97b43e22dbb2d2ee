import { Badge, type Tone } from './badge';

type EnvironmentBadgeProps = {
  /** Undefined renders nothing. */
  environment: { label: string; tone: Tone; spoken: string } | undefined;
  className?: string | undefined;
};

/** The environment beside the name of an account: PROD. */
export const EnvironmentBadge = ({ environment, className }: EnvironmentBadgeProps) =>
  environment && (
    <Badge tone={environment.tone} title={environment.spoken} className={className}>
      {environment.label}
    </Badge>
  );
