#pragma once

#include "core/failure.hpp"
#include "net/url.hpp"
#include "ports/http_client.hpp"

#include <string>

namespace crier::net {

/// The way of one GET from address to address. Where it leads is decided here, and nothing sent.
class Redirects {
public:
    /// `secret`: the request proves who we are, so it never goes on in the clear, not even without its proof.
    Redirects(const Url& first, bool secret)
        : first_(first.shown())
        , secret_(secret) {}

    /// Where the response leads to from `at`, if that may be followed.
    ///
    /// Errors: Cause::server for the sixth one, for what is no address, and for https to http with a secret.
    [[nodiscard]] Result<Url> follow(const Url& at, const HttpResponse& response);

    /// Where 301 and 308 alone led, as far as none led from https to http; empty when the first one was of
    /// another kind.
    [[nodiscard]] const std::string& moved_to() const noexcept { return moved_to_; }

private:
    std::string first_;
    bool secret_;
    int hops_ = 0;
    bool only_permanent_ = true;
    std::string moved_to_;
};

/// 301, 302, 303, 307 or 308 with an address.
[[nodiscard]] bool is_redirect(const HttpResponse& response);

} // namespace crier::net
