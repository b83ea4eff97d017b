/** As much of a browser as forms need: cookies, redirects, fields. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  address = '';
  page = '';

  async open(address: string, form?: Record<string, string>): Promise<void> {
    let next: string | undefined = address;
    let body = form && new URLSearchParams(form);
    while (next !== undefined) {
      const answer: Response = await fetch(next, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { body } : {}),
      });
      for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
      this.address = next;
      this.page = await answer.text();
      const location: string | null = answer.headers.get('location');
      next = location === null ? undefined : new URL(location, next).href;
      body = undefined;
    }
  }

  /** Fills in the form of the page and sends it. */
  async send(fields: Record<string, string>): Promise<void> {
    const action = /<form[^>]* action="([^"]+)"/.exec(this.page)?.[1];
    if (action === undefined) throw new Error(`${this.address} has no form: ${this.page}`);
    const hidden = [...this.page.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
      const name = /name="([^"]+)"/.exec(input)?.[1];
      const value = /value="([^"]*)"/.exec(input)?.[1];
      return name !== undefined && value !== undefined && input.includes('hidden') ? [[name, value] as const] : [];
    });
    await this.open(new URL(action, this.address).href, { ...Object.fromEntries(hidden), ...fields });
  }

  private keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const [name = '', ...value] = pair.split('=');
    if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value.join('='));
  }
}
