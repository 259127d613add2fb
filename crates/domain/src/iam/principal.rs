//! Who asks: the account's root, or one of its IAM users.

/// The set of regions that an account belongs to, as ARNs name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Partition {
    /// `aws`.
    #[default]
    Aws,
    /// `aws-cn`: China.
    China,
    /// `aws-us-gov`: the United States' government.
    UsGov,
    /// `aws-eusc`: the European sovereign cloud.
    EuSovereign,
}

impl Partition {
    /// The partition of a region, by the region's name.
    pub fn of_region(region: &str) -> Self {
        if region.starts_with("cn-") {
            Self::China
        } else if region.starts_with("us-gov-") {
            Self::UsGov
        } else if region.starts_with("eusc-") {
            Self::EuSovereign
        } else {
            Self::Aws
        }
    }

    /// Its name in an ARN.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::China => "aws-cn",
            Self::UsGov => "aws-us-gov",
            Self::EuSovereign => "aws-eusc",
        }
    }
}

/// The account that a server serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    id: String,
    partition: Partition,
}

impl Account {
    /// An account by its twelve digits and the region it is served in.
    pub fn new(id: impl Into<String>, region: &str) -> Self {
        Self { id: id.into(), partition: Partition::of_region(region) }
    }

    /// The twelve digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The partition.
    pub fn partition(&self) -> Partition {
        self.partition
    }

    /// `arn:aws:iam::<account>:root`.
    pub fn root_arn(&self) -> String {
        self.iam_arn("root")
    }

    /// The ARN of an IAM user: `arn:aws:iam::<account>:user<path><name>`.
    pub fn user_arn(&self, path: &str, name: &str) -> String {
        self.iam_arn(&format!("user{path}{name}"))
    }

    fn iam_arn(&self, resource: &str) -> String {
        format!("arn:{}:iam::{}:{resource}", self.partition.as_str(), self.id)
    }
}

/// Who a verified signature belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The account itself. Identity policies do not bind it.
    Root {
        /// The account.
        account: Account,
    },
    /// An IAM user.
    User {
        /// The account.
        account: Account,
        /// The user's name.
        name: String,
        /// The user's path, with a slash at both ends; `/` by default.
        path: String,
        /// The user's unique id (`AIDA…`).
        id: String,
    },
}

impl Principal {
    /// The principal's ARN.
    pub fn arn(&self) -> String {
        match self {
            Self::Root { account } => account.root_arn(),
            Self::User { account, name, path, .. } => account.user_arn(path, name),
        }
    }

    /// The account it belongs to.
    pub fn account(&self) -> &Account {
        match self {
            Self::Root { account } | Self::User { account, .. } => account,
        }
    }

    /// `aws:userid`, which is also GetCallerIdentity's `UserId`: the account's id for root.
    pub fn user_id(&self) -> &str {
        match self {
            Self::Root { account } => account.id(),
            Self::User { id, .. } => id,
        }
    }

    /// `aws:PrincipalType`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Root { .. } => "Account",
            Self::User { .. } => "User",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns() {
        let account = Account::new("000000000000", "us-east-1");
        let root = Principal::Root { account: account.clone() };
        assert_eq!(root.arn(), "arn:aws:iam::000000000000:root");
        let user = |account, path: &str| Principal::User {
            account,
            name: "bob".into(),
            path: path.into(),
            id: "AIDA".into(),
        };
        assert_eq!(user(account.clone(), "/").arn(), "arn:aws:iam::000000000000:user/bob");
        assert_eq!(user(account, "/a/b/").arn(), "arn:aws:iam::000000000000:user/a/b/bob");
        for (region, arn) in [
            ("cn-north-1", "arn:aws-cn:iam::1:user/bob"),
            ("us-gov-west-1", "arn:aws-us-gov:iam::1:user/bob"),
            ("eusc-de-east-1", "arn:aws-eusc:iam::1:user/bob"),
        ] {
            assert_eq!(user(Account::new("1", region), "/").arn(), arn);
        }
    }
}
