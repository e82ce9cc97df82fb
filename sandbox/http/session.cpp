#include "sandbox/http/session.hpp"

#include "sandbox/content/errors_html.hpp"
#include "sandbox/http/request_reader.hpp"
#include "sandbox/http/response_text.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace crier::sandbox {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::chrono::seconds idle_time{65};
constexpr std::chrono::seconds request_time{120};

/// Closes the connection when it takes too long.
class Watch {
public:
    Watch(const asio::any_io_executor& executor, std::shared_ptr<ByteStream> stream,
          std::chrono::milliseconds most)
        : timer_(executor, most) {
        timer_.async_wait([stream = std::move(stream)](error_code error) {
            if (!error)
                stream->close();
        });
    }

private:
    asio::steady_timer timer_; ///< its end cancels the wait
};

/// Tells the handler that a request is over, however the connection ends.
class Finish {
public:
    Finish(Handler& handler, const Request& request)
        : handler_(handler)
        , request_(request) {}
    ~Finish() {
        if (request_.number != 0)
            handler_.finished(request_.number);
    }
    Finish(const Finish&) = delete;
    Finish& operator=(const Finish&) = delete;

private:
    Handler& handler_;
    const Request& request_;
};

asio::awaitable<void> pause(asio::any_io_executor executor, std::chrono::milliseconds time) {
    asio::steady_timer timer{executor, time};
    error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> until_the_client_leaves(ByteStream& stream) {
    char dropped[4096];
    error_code error;
    while (!error)
        (void)co_await stream.read_some(dropped, sizeof dropped, error);
}

/// Whether the connection goes on.
asio::awaitable<bool> send(ByteStream& stream, const Response& response, bool head_only, bool keep_alive) {
    std::string text = response_head(response, keep_alive);
    if (!head_only && response.status != 304 && response.status != 204)
        text += response.body;
    error_code error;
    co_await stream.write(text.data(), text.size(), error);
    co_return keep_alive&& response.closes == Closing::no && !response.without_length && !error;
}

asio::awaitable<void> send_half(ByteStream& stream, const Response& response) {
    std::string text = response_head(response, true);
    text += response.body.substr(0, response.body.size() / 2);
    error_code ignored;
    co_await stream.write(text.data(), text.size(), ignored);
}

Response plain_refusal(int status) {
    Response response;
    response.status = status;
    response.set("Content-Type", "text/html");
    response.body = error_page(status);
    return response;
}

/// Whether the connection goes on.
asio::awaitable<bool> answer(asio::any_io_executor executor, ByteStream& stream, Handler& handler,
                             Request& request, bool keep_alive) {
    const Finish finish{handler, request};
    Outcome outcome = handler.handle(request);
    while (outcome.ending == Ending::again) {
        const auto wait = outcome.wait;
        co_await pause(executor, wait);
        request.waited += wait;
        outcome = handler.handle(request);
    }
    if (outcome.wait.count() > 0)
        co_await pause(executor, outcome.wait);
    switch (outcome.ending) {
    case Ending::hang:
        co_await until_the_client_leaves(stream);
        break;
    case Ending::cut_body:
        co_await send_half(stream, outcome.response);
        break;
    case Ending::reset:
        stream.reset();
        break;
    case Ending::cut:
    case Ending::again:
        break;
    case Ending::reply:
        co_return co_await send(stream, outcome.response, request.method == "HEAD", keep_alive);
    }
    stream.close();
    co_return false;
}

/// What an upload that is too large still sends is read for a while: a client that is cut off in the
/// middle of its body never sees the answer.
asio::awaitable<void> drain(asio::any_io_executor executor, std::shared_ptr<ByteStream> stream) {
    const Watch watch{executor, stream, std::chrono::seconds{10}};
    co_await until_the_client_leaves(*stream);
}

} // namespace

asio::awaitable<void> serve_connection(asio::any_io_executor executor, std::shared_ptr<ByteStream> stream,
                                       std::string peer, Handler* handler) {
    {
        const Watch watch{executor, stream, idle_time};
        error_code error;
        co_await stream->handshake(error);
        if (error)
            co_return;
    }
    RequestReader reader{*stream, *handler};
    for (bool keep_alive = true; keep_alive;) {
        RequestReader::Result result;
        {
            const Watch watch{executor, stream, request_time};
            co_await reader.next(result);
        }
        if (result.read == Read::cut)
            stream->reset();
        if (result.read == Read::closed || result.read == Read::cut)
            break;
        if (result.read != Read::request) {
            const Response refusal = plain_refusal(result.read == Read::too_large ? 413 : 400);
            (void)co_await send(*stream, refusal, false, false);
            co_await drain(executor, stream);
            break;
        }
        result.request.peer = peer;
        keep_alive = co_await answer(executor, *stream, *handler, result.request, result.keep_alive);
    }
    stream->close();
}

} // namespace crier::sandbox
