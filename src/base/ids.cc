#include "base/ids.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>

namespace peregrine::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";

using Uuid = std::array<std::uint8_t, 16>;

void set_version(Uuid& id, std::uint8_t version) {
  id[6] = static_cast<std::uint8_t>((id[6] & 0x0F) | version << 4);
  id[8] = static_cast<std::uint8_t>((id[8] & 0x3F) | 0x80);
}

}  // namespace

void random_bytes(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    // getrandom fails only for a signal (tried again) or a kernel without it, where nothing safe can go on.
    if (got < 0) {
      if (errno == EINTR) continue;
      std::abort();
    }
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t random_u64() {
  std::array<std::uint8_t, 8> bytes{};
  random_bytes(bytes);
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

std::string uuid4() {
  Uuid id{};
  random_bytes(id);
  set_version(id, 4);
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kHex[id[i] >> 4]);
    text.push_back(kHex[id[i] & 15]);
  }
  return text;
}

std::string type_id(std::string_view prefix) {
  Uuid id{};
  random_bytes(id);
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  for (int i = 0; i < 6; ++i)
    id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now >> (40 - 8 * i));
  set_version(id, 7);
  // 128 bits in 26 digits of 5: the first digit holds the top 3 bits.
  std::string text(prefix);
  text.push_back('_');
  unsigned pending = 0;
  int bits = 2;
  for (const std::uint8_t byte : id) {
    pending = pending << 8 | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text.push_back(kCrockford[pending >> bits & 31]);
    }
    pending &= (1U << bits) - 1;
  }
  return text;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sha256_hex(std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(data.data(), data.size(), digest.data(), &length, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text.push_back(kHex[digest[i] >> 4]);
    text.push_back(kHex[digest[i] & 15]);
  }
  return text;
}

}  // namespace peregrine::base
