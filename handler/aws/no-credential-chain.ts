/**
 * Stands in for @aws-sdk/credential-provider-node in the bundle (build.mjs). Both clients are given
 * their credentials; a chain that went looking for others could only find the wrong ones.
 */
export const defaultProvider = () => async (): Promise<never> => {
  throw new Error("no credentials were given to an AWS client");
};
