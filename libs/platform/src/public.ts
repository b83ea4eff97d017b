import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'collection-sync:public';

/** An endpoint that needs no sign-in; guards look for it. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);
