#pragma once

#include "sandbox/api/server.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox::test {

/// The whole server without sockets, on a clock that only the test moves.
class Desk {
public:
    explicit Desk(Kind kind = Kind::mastodon_4_6);

    /// What is answered to one request, which is over then.
    Response ask(const std::string& method, const std::string& target, const std::string& body = {},
                 const std::string& content_type = "application/x-www-form-urlencoded");
    /// The same, and it stays open: its reply is on the way. `number` is for finish().
    Outcome open(Request& request) { return server.handle(request); }
    void finish(const Request& request) { server.finished(request.number); }

    [[nodiscard]] Request
    request(const std::string& method, const std::string& target, const std::string& body = {},
            const std::string& content_type = "application/x-www-form-urlencoded") const;

    /// POST /api/v1/statuses with urlencoded fields; `key`: the Idempotency-Key.
    Response post(const std::string& fields, const std::string& key = {});
    /// Uploads a little PNG; the attachment's id.
    std::string upload(const std::string& more_parts = {});
    Response control(const std::string& method, const std::string& path, const std::string& json = {});

    Time now;
    World world;
    Server server;
    std::string token = "sandbox-token"; ///< empty: none is sent
    std::string accept = "application/json";
    std::string key;
};

[[nodiscard]] boost::json::value parsed(const Response& response);
/// A text of the reply's object; "(none)" when it is not there.
[[nodiscard]] std::string field(const Response& response, std::string_view name);
[[nodiscard]] std::string error_of(const Response& response);
[[nodiscard]] std::vector<std::string> texts(const Response& response, std::string_view name);

/// A multipart body with the boundary "b": the parts are written as they are.
[[nodiscard]] std::string file_part(const std::string& name, const std::string& filename,
                                    const std::string& content_type, const std::string& bytes);
[[nodiscard]] std::string text_part(const std::string& name, const std::string& text);
inline constexpr const char* multipart = "multipart/form-data; boundary=b";

} // namespace crier::sandbox::test
