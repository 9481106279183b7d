/** A name that leads to no account. `message` says why and what to do; asking again is no use. */
export class NameProblem extends Error {
  override name = 'NameProblem'
}

/** The text is no name by the naming standard (ENSIP-15). */
export class InvalidName extends NameProblem {
  override name = 'InvalidName'
}

/** Nobody has registered the name, or it was never given a resolver. */
export class NameNotFound extends NameProblem {
  override name = 'NameNotFound'
}

/** The name exists and leads to no address. */
export class NameWithoutAddress extends NameProblem {
  override name = 'NameWithoutAddress'
}

/** The chain has no contract that resolves names. */
export class NamesUnavailable extends NameProblem {
  override name = 'NamesUnavailable'
}

/** The name is kept outside the chain: other servers would have to be told of it, which nobody has agreed to. */
export class NameOffChain extends NameProblem {
  override name = 'NameOffChain'
  /** Those that would be asked, with their port where it is not the usual. */
  readonly hosts: readonly string[]
  constructor(name: string, hosts: readonly string[]) {
    super(`The address of “${name}” is not on the chain: it is kept by ${hosts.join(', ')}.`)
    this.hosts = hosts
  }
}

/** The servers that keep the name did not answer, or the name's contract refused what they answered. */
export class GatewayFailed extends Error {
  override readonly name = 'GatewayFailed'
}
