//! The message format of the AWS Encryption SDK, as far as one side needs it that only encrypts:
//! version 2, suite 0x0478 (AES-256-GCM, HKDF-SHA512, key commitment, no signature), one data key
//! under a raw AES-256 key, one frame.
//!
//! Source: "AWS Encryption SDK message format reference" and "AWS Encryption SDK algorithms
//! reference" in the SDK's developer guide; how a raw AES key wraps a data key is in the SDK's
//! specification (`raw-aes-keyring.md`).
//!
//! It knows neither what it encrypts nor where the key comes from.

use aws_lc_rs::hkdf::{HKDF_SHA512, KeyType, Salt};
use rand_core::RngCore;

use crate::crypto::{KEY_BYTES, NONCE_BYTES, gcm_seal};
use crate::rng;
use crate::secret::Secret;

/// The version of the format.
const VERSION: u8 = 2;
/// The algorithm suite.
const SUITE: [u8; 2] = [0x04, 0x78];
/// Bytes of a message's id, which is the salt of its keys.
const MESSAGE_ID_BYTES: usize = 32;
/// Content in frames.
const FRAMED: u8 = 2;
/// The length of a frame that the SDKs write by default. The only frame is the last: it is shorter.
const FRAME_BYTES: u32 = 4096;
/// Bits of a tag of AES-GCM.
const TAG_BITS: u32 = 128;
/// What introduces the last frame.
const FINAL_FRAME: [u8; 4] = [0xff; 4];
/// What the last frame is bound to, beside its place.
const FINAL_FRAME_LABEL: &[u8] = b"AWSKMSEncryptionClient Final Frame";
/// The number of the first frame.
const FIRST: u32 = 1;

/// A raw AES key, under the names by which whoever decrypts knows it.
#[derive(Clone, Copy, Debug)]
pub struct WrappingKey<'a> {
    /// The key's namespace, which is also called its provider.
    pub namespace: &'a str,
    /// The key's name.
    pub name: &'a str,
    /// The key.
    pub key: &'a Secret<[u8; KEY_BYTES]>,
}

/// Encrypts `plain`, bound to an encryption context that travels along in clear. None when something
/// is longer than the format has place for.
pub fn encrypt(
    wrapping: WrappingKey<'_>,
    context: &[(&str, &str)],
    plain: &Secret<String>,
    rng: &mut dyn RngCore,
) -> Option<Vec<u8>> {
    let plain = plain.expose().as_bytes();
    let length = u32::try_from(plain.len()).ok().filter(|length| *length < FRAME_BYTES)?;
    let message_id = rng::bytes::<MESSAGE_ID_BYTES>(rng);
    let data_key = Secret::new(rng::bytes::<KEY_BYTES>(rng));
    let nonce = rng::bytes::<NONCE_BYTES>(rng);
    let context = serialized(context)?;
    let wrapped = gcm_seal(wrapping.key, nonce, &context, data_key.expose())?;

    let mut message = vec![VERSION];
    message.extend(SUITE);
    message.extend(message_id);
    put(&mut message, &context)?;
    message.extend(1_u16.to_be_bytes());
    put(&mut message, wrapping.namespace.as_bytes())?;
    let tag_bits = TAG_BITS.to_be_bytes();
    let nonce_bytes = u32::try_from(NONCE_BYTES).ok()?.to_be_bytes();
    let info = [wrapping.name.as_bytes(), &tag_bits, &nonce_bytes, &nonce].concat();
    put(&mut message, &info)?;
    put(&mut message, &wrapped)?;
    message.push(FRAMED);
    message.extend(FRAME_BYTES.to_be_bytes());
    message.extend(derived(&data_key, &message_id, &[b"COMMITKEY"])?);

    // The key of this one message: the numbers of its frames are nonces enough.
    let key = Secret::new(derived(&data_key, &message_id, &[&SUITE, b"DERIVEKEY"])?);
    let header_tag = gcm_seal(&key, numbered(0), &message, &[])?;
    message.extend(header_tag);

    let first = FIRST.to_be_bytes();
    let whole = u64::from(length).to_be_bytes();
    let place = [&message_id, FINAL_FRAME_LABEL, &first, &whole].concat();
    let body = gcm_seal(&key, numbered(FIRST), &place, plain)?;
    message.extend(FINAL_FRAME);
    message.extend(first);
    message.extend(numbered(FIRST));
    message.extend(length.to_be_bytes());
    message.extend(body);
    Some(message)
}

/// An encryption context in the one order that everybody gets who reads it.
fn serialized(context: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    if context.is_empty() {
        return Some(bytes);
    }
    let mut pairs = context.to_vec();
    pairs.sort_unstable();
    bytes.extend(u16::try_from(pairs.len()).ok()?.to_be_bytes());
    for (name, value) in pairs {
        put(&mut bytes, name.as_bytes())?;
        put(&mut bytes, value.as_bytes())?;
    }
    Some(bytes)
}

/// A length of two bytes, and that many bytes.
fn put(to: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
    to.extend(u16::try_from(bytes.len()).ok()?.to_be_bytes());
    to.extend(bytes);
    Some(())
}

/// A number as a nonce.
fn numbered(number: u32) -> [u8; NONCE_BYTES] {
    let [a, b, c, d] = number.to_be_bytes();
    [0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d]
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        KEY_BYTES
    }
}

fn derived(
    data_key: &Secret<[u8; KEY_BYTES]>,
    message_id: &[u8],
    info: &[&[u8]],
) -> Option<[u8; KEY_BYTES]> {
    let extracted = Salt::new(HKDF_SHA512, message_id).extract(data_key.expose());
    let mut key = [0; KEY_BYTES];
    extracted.expand(info, Bytes32).ok()?.fill(&mut key).ok()?;
    Some(key)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::crypto::gcm_open;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    pub(crate) const NAME: &str = "arn:aws:kms:us-east-1:000000000000:key/k";
    const CONTEXT: [(&str, &str); 2] = [("z", "last"), ("userpool-id", "us-east-1_a")];

    fn key() -> Secret<[u8; KEY_BYTES]> {
        Secret::new([9; KEY_BYTES])
    }

    fn encrypted(plain: &str, rng: &mut ChaCha20Rng) -> Vec<u8> {
        let key = key();
        let wrapping = WrappingKey { namespace: "poolhouse", name: NAME, key: &key };
        encrypt(wrapping, &CONTEXT, &Secret::new(plain.to_owned()), rng).unwrap()
    }

    /// Takes bytes from the front of a message.
    struct Reader<'a>(&'a [u8]);

    impl<'a> Reader<'a> {
        fn take(&mut self, count: usize) -> &'a [u8] {
            let (taken, rest) = self.0.split_at(count);
            self.0 = rest;
            taken
        }

        fn short(&mut self) -> u16 {
            u16::from_be_bytes(self.take(2).try_into().unwrap())
        }

        fn long(&mut self) -> u32 {
            u32::from_be_bytes(self.take(4).try_into().unwrap())
        }

        fn field(&mut self) -> &'a [u8] {
            let length = self.short();
            self.take(usize::from(length))
        }
    }

    /// Written from the format's description, for what `encrypt` writes alone.
    pub(crate) fn decrypt(message: &[u8], key: &Secret<[u8; KEY_BYTES]>) -> Option<String> {
        let mut reader = Reader(message);
        assert_eq!(reader.take(3), [2, 4, 0x78]);
        let id = reader.take(32);
        let context = reader.field();
        assert_eq!(reader.short(), 1);
        assert_eq!(reader.field(), b"poolhouse");
        let info = reader.field().strip_prefix(NAME.as_bytes()).unwrap();
        assert_eq!(info[..8], [0, 0, 0, 128, 0, 0, 0, 12]);
        let nonce = info[8..].try_into().unwrap();
        let data_key = gcm_open(key, nonce, context, reader.field())?;
        let data_key = Secret::new(data_key.expose().as_slice().try_into().unwrap());
        assert_eq!((reader.take(1), reader.long()), (&[2][..], 4096));
        if reader.take(32) != derived(&data_key, id, &[b"COMMITKEY"]).unwrap() {
            return None;
        }
        let header = &message[..message.len() - reader.0.len()];
        let key = Secret::new(derived(&data_key, id, &[b"\x04\x78", b"DERIVEKEY"]).unwrap());
        gcm_open(&key, [0; 12], header, reader.take(16))?;
        assert_eq!((reader.long(), reader.long()), (u32::MAX, 1));
        let nonce = reader.take(12).try_into().unwrap();
        let length = reader.long();
        let place = [
            id,
            b"AWSKMSEncryptionClient Final Frame",
            &1_u32.to_be_bytes(),
            &u64::from(length).to_be_bytes(),
        ];
        let body = gcm_open(&key, nonce, &place.concat(), reader.0)?;
        assert_eq!(body.expose().len(), length as usize);
        Some(String::from_utf8(body.expose().clone()).unwrap())
    }

    #[test]
    fn what_is_encrypted_is_what_the_key_opens() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        for plain in ["123456", "", "Zürich &lt;"] {
            let message = encrypted(plain, &mut rng);
            assert_eq!(decrypt(&message, &key()).as_deref(), Some(plain));
            assert_eq!(decrypt(&message, &Secret::new([8; KEY_BYTES])), None);
        }
    }

    #[test]
    fn the_context_is_sorted_and_readable() {
        let message = encrypted("123456", &mut ChaCha20Rng::seed_from_u64(1));
        let context = b"\0\x02\0\x0buserpool-id\0\x0bus-east-1_a\0\x01z\0\x04last";
        assert_eq!(&message[35..37], &[0, u8::try_from(context.len()).unwrap()]);
        assert_eq!(&message[37..37 + context.len()], context);
        let key = key();
        let wrapping = WrappingKey { namespace: "poolhouse", name: NAME, key: &key };
        let none =
            encrypt(wrapping, &[], &Secret::new("1".into()), &mut ChaCha20Rng::seed_from_u64(1));
        assert_eq!(&none.unwrap()[35..37], &[0, 0]);
    }

    #[test]
    fn no_byte_can_be_changed_and_none_is_the_same_twice() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let message = encrypted("123456", &mut rng);
        let again = encrypted("123456", &mut rng);
        // Ids, data keys' nonces, commitments, bodies: nothing random is used again.
        for range in [3..35, message.len() - 22..message.len()] {
            assert_ne!(message[range.clone()], again[range]);
        }
        let commitment = message.len() - 32 - 16 - 24 - 22;
        for index in [3, 40, commitment, commitment + 31, commitment + 32, message.len() - 1] {
            let mut changed = message.clone();
            changed[index] ^= 1;
            assert_eq!(decrypt(&changed, &key()), None, "byte {index}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let key = key();
        let long = "x".repeat(70_000);
        let wrapping = WrappingKey { namespace: "poolhouse", name: NAME, key: &key };
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let plain = Secret::new(long.clone());
        assert!(encrypt(wrapping, &CONTEXT, &plain, &mut rng).is_none());
        let named = WrappingKey { name: &long, ..wrapping };
        assert!(encrypt(named, &CONTEXT, &Secret::new("1".into()), &mut rng).is_none());
    }
}
