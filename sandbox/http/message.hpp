#pragma once

#include "sandbox/content/blob.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

struct Header {
    std::string name;
    std::string value;
};

struct Request {
    std::string method;
    std::string path;  ///< as it came, percent-encoded
    std::string query; ///< behind the "?", as it came
    std::vector<Header> headers;
    Blob body;
    std::string peer; ///< the client's address, without its port
    /// Given by the handler: the request's number in its log; 0 on the first call.
    std::uint64_t number = 0;
    /// How long it has waited already, when the handler asked to be called again.
    std::chrono::milliseconds waited{0};

    /// The first header of that name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// Whether the connection goes on after a reply.
enum class Closing {
    no,
    unannounced ///< it ends, and no header says so (snac)
};

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    Closing closes = Closing::no;
    bool without_length = false; ///< no Content-Length: the end of the connection is the body's

    /// Replaces or adds one.
    void set(std::string_view name, std::string value);
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// How a request ends for its client.
enum class Ending {
    reply,
    hang,     ///< nothing is said until the client leaves
    cut,      ///< the connection is closed without a word
    cut_body, ///< the head, half of the body, then the connection is closed
    reset,    ///< the connection is reset
    again     ///< not yet: the handler wants to be asked again after `wait`
};

struct Outcome {
    Response response;
    Ending ending = Ending::reply;
    std::chrono::milliseconds wait{0}; ///< before the reply, or before asking again
};

/// 100 MiB: a proxy before Mastodon has 99 MB (dist/nginx.conf).
constexpr std::uint64_t default_body = 100U << 20U;

/// What answers the requests of all connections. Thread: the listener's.
class Handler {
public:
    virtual ~Handler() = default;
    /// May be called again for the same request, with `number` and `waited` kept (Ending::again).
    [[nodiscard]] virtual Outcome handle(Request& request) = 0;
    /// The largest body that is read; more is refused with 413.
    [[nodiscard]] virtual std::uint64_t most_body() const { return default_body; }
    /// After the head of a request, whose body has that many bytes: how many of them are read before the
    /// connection is cut; nothing: all, and it goes on to handle().
    [[nodiscard]] virtual std::optional<std::uint64_t> cut_after(const Request& /*head*/,
                                                                 std::uint64_t /*length*/) {
        return std::nullopt;
    }
    /// The reply is away, or its connection is gone. Once for every request that was handled.
    virtual void finished(std::uint64_t number) = 0;
};

[[nodiscard]] bool same_text(std::string_view a, std::string_view b) noexcept; ///< whatever the case (ASCII)

} // namespace crier::sandbox
