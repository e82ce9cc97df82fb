#pragma once

#include "net/body_source.hpp"
#include "net/url.hpp"
#include "ports/http_client.hpp"

#include <string>
#include <string_view>

namespace crier::net {

/// What is joined with the head in one packet, at most.
constexpr std::size_t small_body = 16U << 10U;

/// The head of the request up to the blank line, with room for a small body behind it, so that it never moves
/// and leaves no copy of the token in freed memory.
///
/// Errors: Cause::config for a method, header or token that would break out of its line, and for headers that
/// are the client's own business (Host, Content-Length, Connection, Transfer-Encoding).
[[nodiscard]] Result<std::string> request_head(const HttpRequest& request, const Url& url,
                                               const BodySource& body, const std::string& user_agent,
                                               bool absolute_form);

/// Overwrites a text that holds a secret, however its scope is left.
class WipeAtEnd {
public:
    explicit WipeAtEnd(std::string& text) noexcept
        : text_(text) {}
    ~WipeAtEnd();
    WipeAtEnd(const WipeAtEnd&) = delete;
    WipeAtEnd& operator=(const WipeAtEnd&) = delete;

private:
    std::string& text_;
};

} // namespace crier::net
