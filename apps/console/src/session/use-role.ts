import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.js';

const RANKS = ['Reader', 'Operator', 'Admin'] as const;

/** Whether the person may do what needs a role. The API decides; this only keeps from offering what it would refuse. */
export const useMay = (role: (typeof RANKS)[number]): boolean => {
  const { data: me } = useQuery(meQuery);
  return me !== undefined && RANKS.indexOf(me.role) >= RANKS.indexOf(role);
};
