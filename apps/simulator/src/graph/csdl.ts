const TEXT = 'Edm.String';
const FLAG = 'Edm.Boolean';
const TIME = 'Edm.DateTimeOffset';
const TEXTS = 'Collection(Edm.String)';
const SECRETS = 'Collection(graph.passwordCredential)';

const directoryObject = { id: TEXT, deletedDateTime: TIME };

/** What is used here of the types of Graph: schemas/v1.0-Prod.csdl of microsoftgraph/msgraph-metadata, state of commit 001f975. */
export const CSDL: Readonly<Record<'device' | 'user' | 'group' | 'application', Readonly<Record<string, string>>>> = {
  device: {
    ...directoryObject,
    accountEnabled: FLAG,
    approximateLastSignInDateTime: TIME,
    deviceId: TEXT,
    deviceOwnership: TEXT,
    displayName: TEXT,
    isCompliant: FLAG,
    isManaged: FLAG,
    onPremisesLastSyncDateTime: TIME,
    onPremisesSecurityIdentifier: TEXT,
    onPremisesSyncEnabled: FLAG,
    operatingSystem: TEXT,
    operatingSystemVersion: TEXT,
    profileType: TEXT,
    registrationDateTime: TIME,
    trustType: TEXT,
  },
  user: {
    ...directoryObject,
    accountEnabled: FLAG,
    businessPhones: TEXTS,
    createdDateTime: TIME,
    displayName: TEXT,
    givenName: TEXT,
    jobTitle: TEXT,
    mail: TEXT,
    mobilePhone: TEXT,
    officeLocation: TEXT,
    onPremisesImmutableId: TEXT,
    onPremisesSamAccountName: TEXT,
    onPremisesSecurityIdentifier: TEXT,
    onPremisesSyncEnabled: FLAG,
    preferredLanguage: TEXT,
    surname: TEXT,
    userPrincipalName: TEXT,
    userType: TEXT,
  },
  group: {
    ...directoryObject,
    createdDateTime: TIME,
    description: TEXT,
    displayName: TEXT,
    groupTypes: TEXTS,
    isAssignableToRole: FLAG,
    mail: TEXT,
    mailEnabled: FLAG,
    mailNickname: TEXT,
    membershipRule: TEXT,
    membershipRuleProcessingState: TEXT,
    onPremisesSyncEnabled: FLAG,
    securityEnabled: FLAG,
    visibility: TEXT,
  },
  application: { ...directoryObject, appId: TEXT, displayName: TEXT, passwordCredentials: SECRETS },
};

const SECRET: Readonly<Record<string, string>> = {
  customKeyIdentifier: 'Edm.Binary',
  displayName: TEXT,
  endDateTime: TIME,
  hint: TEXT,
  keyId: 'Edm.Guid',
  secretText: TEXT,
  startDateTime: TIME,
};

/** Whether a value may stand for a property of this type; null may for any. */
export function fits(type: string | undefined, value: unknown): boolean {
  if (type === undefined) return false;
  if (value === null) return true;
  if (type === TEXTS) return Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (type === SECRETS)
    return (
      Array.isArray(value) &&
      value.every((one: object) => Object.entries(one).every(([name, each]) => fits(SECRET[name], each)))
    );
  if (type === FLAG) return typeof value === 'boolean';
  return typeof value === 'string' && (type !== TIME || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value));
}
