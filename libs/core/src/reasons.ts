import { z } from 'zod';

/**
 * Why a member is not (yet) in the group. The list is closed: every failed, held or waiting member carries one of these, and each says
 * to the operator what to do. `waiting` reasons end by themselves when the directory or the site changes.
 */
export const REASONS = {
  NoIdentity: {
    waiting: true,
    advice:
      'The site knows no Entra id for this resource. For a device: let it join or hybrid join Entra ID; for a user: run Entra user discovery.',
  },
  NoEntraRecord: {
    waiting: true,
    advice:
      'Entra ID has no object with this id yet. It joins by itself when the record appears; check hybrid join or directory synchronisation.',
  },
  IdentityConflict: {
    waiting: true,
    advice:
      'Configuration Manager and Entra ID disagree on who this is: only a weaker identity matches, or the object carries another SID. Check that it is the same person, then let discovery run so that the site learns the present ids.',
  },
  OtherTenant: {
    waiting: false,
    advice:
      'The resource belongs to another tenant than the group. Map the collection to a group of its own tenant as well.',
  },
  AmbiguousMatch: {
    waiting: true,
    advice:
      'Several directory objects match. Whoever of them is in the group stays, and nobody is added. Remove the stale duplicates in Entra ID.',
  },
  ObjectDisabled: {
    waiting: true,
    advice:
      'The directory object is disabled, and the mapping takes disabled objects out of the group. Enable it in Entra ID, or let the mapping keep them (policy disabledObjects).',
  },
  ObjectDeleted: {
    waiting: true,
    advice:
      'The directory object was deleted. Restore it, or let the device register again; a new account joins once the site knows its id.',
  },
  UnsupportedResourceType: {
    waiting: false,
    advice:
      'Groups and unknown systems inside a collection are not synchronised. Put their members into the collection.',
  },
  ObjectNotFound: {
    waiting: false,
    advice:
      'Microsoft Graph does not find the object although the directory mirror lists it. It is tried again; if it stays, check whether the object was deleted.',
  },
  MemberTypeNotAllowed: {
    waiting: false,
    advice:
      'The group does not accept members of this type. A Microsoft 365 group takes users only: map a security group.',
  },
  GuestNotAllowed: { waiting: false, advice: 'A policy of the tenant keeps guests out of this group.' },
  PermissionMissing: {
    waiting: false,
    advice:
      'The application may not change this group. Grant GroupMember.ReadWrite.All (devices also need Device.ReadWrite.All) or make it an owner of the group.',
  },
  SignInRefused: {
    waiting: false,
    advice:
      'Entra ID refuses the sign-in of the application. Check the credential of the tenant: client id, secret or certificate expiry, federated token.',
  },
  GroupNotFound: { waiting: false, advice: 'The group is gone. Restore it in Entra ID, or delete the mapping.' },
  GroupIsDynamic: {
    waiting: false,
    advice: 'The group has dynamic membership. Use a group with membership type Assigned.',
  },
  GroupIsSynced: { waiting: false, advice: 'The group is mastered on premises. Use a cloud group.' },
  GroupIsMailEnabled: {
    waiting: false,
    advice:
      'Mail-enabled security and distribution groups cannot be changed through Microsoft Graph. Use a security group.',
  },
  GroupIsRoleAssignable: {
    waiting: false,
    advice: 'The group is role-assignable. Use another group, or grant RoleManagement.ReadWrite.Directory.',
  },
  GroupIsFull: { waiting: false, advice: 'The group has reached its quota of members.' },
  Throttled: { waiting: true, advice: 'Microsoft Graph asked to slow down; the member is tried again by itself.' },
  ConcurrentChange: {
    waiting: true,
    advice: 'Microsoft Graph reported a concurrent change; the member is tried again by itself.',
  },
  GraphUnavailable: {
    waiting: true,
    advice: 'Microsoft Graph failed or did not answer; the member is tried again by itself.',
  },
  NoAnswer: { waiting: true, advice: 'The answer of Microsoft Graph was lost; what is wanted is repeated by itself.' },
  RequestRefused: { waiting: false, advice: 'Microsoft Graph refused the request; the message says why.' },
  RemovalHeld: { waiting: false, advice: 'The removal guard stopped this. Look at the plan and approve or reject it.' },
  RemovalRejected: {
    waiting: false,
    advice: 'An operator rejected the removal. It stays until a full run plans it anew.',
  },
  KeptUnmanaged: {
    waiting: false,
    advice:
      'An operator decided that it stays in the group, unmanaged: full runs leave it. Approve its plan after all to remove it.',
  },
  RemovalExpired: {
    waiting: false,
    advice: 'Nobody decided on the removal in time. It stays until a full run plans it anew.',
  },
} as const satisfies Record<string, { waiting: boolean; advice: string }>;

export type Reason = keyof typeof REASONS;
export const reason = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]);
