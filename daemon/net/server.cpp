#include "net/server.hpp"

#include "net/deadline.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>

#include <cerrno>
#include <cstring>
#include <list>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr std::size_t most_connections = 32;
constexpr std::size_t body_limit = 1U << 20U;
constexpr std::uint32_t header_limit = 16U << 10U;
constexpr Duration request_time = std::chrono::seconds{30};
constexpr Duration stop_time = std::chrono::seconds{2};

using Parser = http::request_parser<http::string_body>;

std::string response_text(const LocalResponse& response, bool keep_alive) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    return "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason} +
           "\r\nContent-Type: " + response.content_type +
           "\r\nContent-Length: " + std::to_string(response.body.size()) +
           "\r\nConnection: " + (keep_alive ? "keep-alive" : "close") + "\r\n\r\n" + response.body;
}

LocalRequest request_of(http::request<http::string_body> message) {
    LocalRequest request;
    request.method = std::string{message.method_string()};
    const std::string target{message.target()};
    if (const auto parsed = boost::urls::parse_origin_form(target)) {
        request.path = parsed->path();
        for (const auto& parameter : parsed->params())
            request.query.emplace_back(parameter.key, parameter.value);
    } else {
        request.path = target;
    }
    request.body = std::move(message.body());
    return request;
}

class Server final : public HttpServer {
public:
    explicit Server(asio::any_io_executor executor)
        : executor_(executor)
        , acceptor_(executor)
        , room_(executor) {}

    ~Server() override {
        if (!path_.empty())
            ::unlink(path_.c_str());
    }

    Result<> listen_unix(const std::string& path) override;
    asio::awaitable<void> serve(LocalHandler handler) override;
    void stop() override;

private:
    [[nodiscard]] asio::awaitable<void> converse(Local::socket& socket, const LocalHandler& handler);
    [[nodiscard]] asio::awaitable<void> one_connection(std::list<Local::socket>::iterator socket,
                                                       std::shared_ptr<LocalHandler> handler);

    asio::any_io_executor executor_;
    Local::acceptor acceptor_;
    asio::steady_timer room_; ///< cancelled when a connection ends
    std::list<Local::socket> open_;
    std::string path_;
    bool stopping_ = false;
};

/// Is somebody listening there?
bool alive(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const bool connected = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return connected;
}

Result<> Server::listen_unix(const std::string& path) {
    if (path.size() >= sizeof(sockaddr_un::sun_path))
        return Failure{Cause::config, path + " is too long for a socket's name",
                       "107 bytes is the most; name a shorter path under `admin: socket:`"};
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0) {
        if (!S_ISSOCK(info.st_mode))
            return Failure{Cause::config, path + " is there already, and no socket",
                           "name another path under `admin: socket:`"};
        if (alive(path))
            return Failure{Cause::conflict, "another daemon listens at " + path,
                           "stop it, or name another path under `admin: socket:`"};
        ::unlink(path.c_str()); // left behind by one that was killed
    }
    error_code error;
    acceptor_.open(Local{}, error);
    // The mode is there before anybody can connect: bind makes the file, listen opens the door.
    const mode_t before = ::umask(0117);
    if (!error)
        acceptor_.bind(Local::endpoint{path}, error);
    ::umask(before);
    if (!error) {
        path_ = path;
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error)
        return Failure{
            Cause::permission, path + ": " + error.message(),
            "the folder of `admin: socket:` must exist and be writable for the daemon; under systemd, "
            "RuntimeDirectory= makes it"};
    return {};
}

asio::awaitable<void> Server::serve(LocalHandler handler) {
    auto shared = std::make_shared<LocalHandler>(std::move(handler));
    while (!stopping_) {
        if (open_.size() >= most_connections) {
            error_code ignored;
            room_.expires_at(asio::steady_timer::time_point::max());
            co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        error_code error;
        Local::socket socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (stopping_)
            break;
        if (error) {
            // Out of descriptors, most likely: a breath, and again.
            asio::steady_timer breath{executor_, std::chrono::milliseconds{100}};
            error_code ignored;
            co_await breath.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        open_.push_front(std::move(socket));
        asio::co_spawn(executor_, one_connection(open_.begin(), shared), asio::detached);
    }
    const auto until = std::chrono::steady_clock::now() + stop_time;
    while (!open_.empty() && std::chrono::steady_clock::now() < until) {
        error_code ignored;
        room_.expires_at(until);
        co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    for (Local::socket& socket : open_) {
        error_code ignored;
        socket.close(ignored);
    }
    while (!open_.empty()) {
        error_code ignored;
        room_.expires_at(asio::steady_timer::time_point::max());
        co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

void Server::stop() {
    stopping_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    room_.cancel();
    // Those who are not in the middle of a request are told by the end of the stream.
    for (Local::socket& socket : open_)
        socket.shutdown(Local::socket::shutdown_receive, ignored);
}

asio::awaitable<void> Server::one_connection(std::list<Local::socket>::iterator socket,
                                             std::shared_ptr<LocalHandler> handler) {
    try {
        co_await converse(*socket, *handler);
    } catch (const std::exception&) {
        // A broken connection is the other side's business; the handler answers for its own failures.
    }
    open_.erase(socket);
    room_.cancel();
}

asio::awaitable<void> Server::converse(Local::socket& socket, const LocalHandler& handler) {
    std::string buffer;
    bool keep_alive = true;
    while (keep_alive && !stopping_) {
        Parser parser;
        parser.header_limit(header_limit);
        parser.body_limit(body_limit);
        parser.eager(true);
        error_code error;
        {
            const Deadline deadline{executor_, request_time, [&] {
                                        error_code ignored;
                                        socket.close(ignored);
                                    }};
            while (!parser.is_done() && !error) {
                if (!buffer.empty()) {
                    const std::size_t used = parser.put(asio::buffer(buffer), error);
                    buffer.erase(0, used);
                    if (error == http::error::need_more)
                        error = {};
                    else if (error || used > 0)
                        continue;
                }
                if (parser.is_done() || error)
                    continue;
                char piece[4096];
                const std::size_t n = co_await socket.async_read_some(
                    asio::buffer(piece), asio::redirect_error(asio::use_awaitable, error));
                buffer.append(piece, n);
            }
        }
        LocalResponse response;
        if (error == http::error::body_limit)
            response = LocalResponse{413, R"({"error":"the request is too large","hint":"","exit":2})"};
        else if (error && error.category() == http::make_error_code(http::error::bad_version).category())
            response = LocalResponse{400, R"({"error":"this is no HTTP","hint":"","exit":2})"};
        else if (error)
            co_return;
        else
            response = co_await handler(request_of(parser.get()));
        keep_alive = !error && parser.keep_alive();
        const std::string text = response_text(response, keep_alive);
        co_await asio::async_write(socket, asio::buffer(text),
                                   asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return;
    }
}

} // namespace

std::unique_ptr<HttpServer> make_http_server(asio::any_io_executor executor) {
    return std::make_unique<Server>(std::move(executor));
}

} // namespace crier::net
