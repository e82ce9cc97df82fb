#pragma once

#include <chrono>
#include <cstdint>
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
    std::string body;
    std::string peer; ///< the client's address, without its port
    /// Given by the handler: the request's number in its log; 0 on the first call.
    std::uint64_t number = 0;
    /// How long it has waited already, when the handler asked to be called again.
    std::chrono::milliseconds waited{0};

    /// The first header of that name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;

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

/// What answers the requests of all connections. Thread: the listener's.
class Handler {
public:
    virtual ~Handler() = default;
    /// May be called again for the same request, with `number` and `waited` kept (Ending::again).
    [[nodiscard]] virtual Outcome handle(Request& request) = 0;
    /// The reply is away, or its connection is gone. Once for every request that was handled.
    virtual void finished(std::uint64_t number) = 0;
};

[[nodiscard]] bool same_text(std::string_view a, std::string_view b) noexcept; ///< whatever the case (ASCII)

} // namespace crier::sandbox
