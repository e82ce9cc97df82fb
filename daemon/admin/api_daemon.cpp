#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/events.hpp"
#include "admin/page.hpp"

#include <utility>

/// What is about the daemon itself, and not about posts.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

asio::awaitable<LocalResponse> Api::page(const LocalRequest& request) {
    co_return page_response(own_page(), request);
}

/// Who reaches the socket may do everything: to sign in, out and to ask for it is the same.
asio::awaitable<LocalResponse> Api::session(const LocalRequest&) {
    json::object object;
    object["signed_in"] = true;
    object["token_needed"] = false;
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::events(const LocalRequest&) {
    if (events_ == nullptr)
        co_return refuse(Failure{Cause::temporary, "no daemon runs: nothing changes", "start it: crier run"});
    LocalResponse response;
    response.content_type = "text/event-stream";
    response.headers.emplace_back("X-Accel-Buffering", "no"); // nginx would keep events back
    response.stream = events_->listen();
    if (!response.stream)
        response = refuse(Failure{Cause::temporary,
                                  std::to_string(Events::most_listeners) + " listen to events already",
                                  "close a page or script that listens, or ask again later"});
    co_return response;
}

asio::awaitable<LocalResponse> Api::healthz(const LocalRequest&) {
    co_return co_await health_.live();
}

asio::awaitable<LocalResponse> Api::readyz(const LocalRequest&) {
    co_return co_await health_.ready();
}

asio::awaitable<LocalResponse> Api::openapi(const LocalRequest&) {
    co_return LocalResponse{200, std::string{openapi_text()}};
}

} // namespace crier::admin
