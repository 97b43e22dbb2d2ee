import type { ReactNode } from 'react';

type CardHeadProps = {
  icon: ReactNode;
  title: string;
  /** A line below the title. */
  children: ReactNode;
  /** At the right end. */
  action?: ReactNode;
};

/** The head of a card that offers a connection. */
export const CardHead = ({ icon, title, children, action }: CardHeadProps) => (
  <div className="flex items-center gap-3">
    <span
      aria-hidden="true"
      className="grid size-9 flex-none place-items-center rounded-8 border border-line bg-sunken [&_.lucide]:size-5"
    >
      {icon}
    </span>
    <div className="min-w-0 flex-1">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </div>
    {action}
  </div>
);
