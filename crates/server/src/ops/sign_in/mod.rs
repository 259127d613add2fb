//! Signing in: InitiateAuth and its answers, public and admin.

mod admin_initiate_auth;
mod admin_respond_to_auth_challenge;
mod initiate_auth;
mod respond_to_auth_challenge;

use std::collections::BTreeMap;

use poolhouse_domain::auth::policy::Flow;
use poolhouse_domain::error::{Error, Result, SignInRefusal};
use poolhouse_domain::id::{ClientId, PoolId};
use poolhouse_store::Tx;
use poolhouse_wire::Sensitive;
use poolhouse_wire::shapes::{AuthFlowType, AuthenticationResultType, ChallengeNameType};

use super::ctx::PoolAndClient;
use crate::drive::Reply;

/// A pool and its client, as an administrator names them.
async fn pool_and_client(tx: &mut Tx, pool: &PoolId, client: &ClientId) -> Result<PoolAndClient> {
    let pool = tx.pool(pool).await?;
    let client = tx.client_in_pool(&pool.id, client).await?;
    Ok(PoolAndClient { pool, client })
}

fn flow(flow: AuthFlowType) -> Result<Flow> {
    Flow::parse(flow.as_str()).ok_or(Error::SignIn(SignInRefusal::FlowNotSupportedHere))
}

fn parameters(given: Option<Sensitive<BTreeMap<String, String>>>) -> BTreeMap<String, String> {
    given.map(Sensitive::into_inner).unwrap_or_default()
}

/// The members that all four replies have in common.
#[derive(Default)]
struct Parts {
    challenge_name: Option<ChallengeNameType>,
    challenge_parameters: BTreeMap<String, String>,
    session: Option<Sensitive<String>>,
    available_challenges: Option<Vec<ChallengeNameType>>,
    authentication_result: Option<AuthenticationResultType>,
}

fn parts(reply: Reply) -> Result<Parts> {
    let unknown = |_| Error::fault("a challenge is issued that the model does not know");
    match reply {
        Reply::Tokens(result) => {
            Ok(Parts { authentication_result: Some(*result), ..Parts::default() })
        }
        Reply::Challenge { challenge, session } => {
            let available = challenge.available.iter();
            let available: Vec<ChallengeNameType> = available
                .map(|factor| factor.challenge().as_str().parse().map_err(unknown))
                .collect::<Result<_>>()?;
            Ok(Parts {
                challenge_name: Some(challenge.kind.as_str().parse().map_err(unknown)?),
                challenge_parameters: challenge.parameters,
                session: session.map(Sensitive::new),
                available_challenges: (!available.is_empty()).then_some(available),
                authentication_result: None,
            })
        }
    }
}

#[cfg(test)]
mod tests;
