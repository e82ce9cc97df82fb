#include "bench/limits/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <ctime>
#include <exception>
#include <stdexcept>

namespace crier::bench {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

namespace {

tcp::endpoint endpoint(std::uint16_t port) {
    return {asio::ip::make_address("127.0.0.1"), port};
}

/// Byte for byte about what crier sends.
http::request<http::string_body> status_request() {
    http::request<http::string_body> request{http::verb::post, "/api/v1/statuses", 11};
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::user_agent, "bare");
    request.set(http::field::accept, "application/json");
    request.set(http::field::authorization, "Bearer 0123456789012345678901234567890123456789012");
    request.set(http::field::content_type, "application/json");
    request.set("Idempotency-Key", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    request.body() = R"({"status":"number 12345 of the benchmark","visibility":"public","language":"en"})";
    request.prepare_payload();
    return request;
}

asio::awaitable<void> post(tcp::socket socket, std::size_t& left) {
    const auto request = status_request();
    boost::beast::flat_buffer buffer;
    while (left > 0) {
        --left;
        http::response<http::string_body> response;
        co_await http::async_write(socket, request, asio::use_awaitable);
        co_await http::async_read(socket, buffer, response, asio::use_awaitable);
        if (response.result() != http::status::ok)
            throw std::runtime_error("the server did not answer 200");
    }
}

/// As a form, as crier sends it.
http::request<http::string_body> upload_request(std::size_t bytes) {
    http::request<http::string_body> request{http::verb::post, "/api/v2/media", 11};
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::user_agent, "bare");
    request.set(http::field::authorization, "Bearer 0123456789012345678901234567890123456789012");
    request.set(http::field::content_type, "multipart/form-data; boundary=x");
    request.body() = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n" +
                     std::string(bytes, 'x') + "\r\n--x--\r\n";
    request.prepare_payload();
    return request;
}

asio::awaitable<void> upload_and_post(tcp::socket socket, std::size_t bytes, std::size_t posts) {
    const auto upload = upload_request(bytes);
    const auto status = status_request();
    boost::beast::flat_buffer buffer;
    for (std::size_t i = 0; i < posts; ++i)
        for (const auto* request : {&upload, &status}) {
            http::response<http::string_body> response;
            co_await http::async_write(socket, *request, asio::use_awaitable);
            co_await http::async_read(socket, buffer, response, asio::use_awaitable);
            if (response.result() != http::status::ok)
                throw std::runtime_error("the server did not answer 200");
        }
}

} // namespace

Cost bare_uploads(std::uint16_t port, std::size_t bytes, std::size_t posts) {
    asio::io_context context{1};
    tcp::socket socket{context};
    socket.connect(endpoint(port));
    socket.set_option(tcp::no_delay{true});
    std::exception_ptr failure;
    asio::co_spawn(context, upload_and_post(std::move(socket), bytes, posts),
                   [&failure](std::exception_ptr error) { failure = error; });
    const auto begun = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    Cost cost;
    cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    cost.cpu = cpu_seconds() - cpu;
    cost.number = posts;
    return cost;
}

double cpu_seconds() {
    std::timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Cost bare_client(std::uint16_t port, std::size_t connections, std::size_t posts) {
    asio::io_context context{1};
    std::size_t left = posts;
    std::exception_ptr failure;
    for (std::size_t i = 0; i < connections; ++i) {
        tcp::socket socket{context};
        socket.connect(endpoint(port));
        socket.set_option(tcp::no_delay{true});
        asio::co_spawn(context, post(std::move(socket), left), [&failure](std::exception_ptr error) {
            if (error)
                failure = error;
        });
    }
    const auto begun = std::chrono::steady_clock::now();
    const double cpu = cpu_seconds();
    context.run();
    if (failure)
        std::rethrow_exception(failure);
    Cost cost;
    cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    cost.cpu = cpu_seconds() - cpu;
    cost.number = posts;
    return cost;
}

std::string get(std::uint16_t port, const std::string& target) {
    asio::io_context context;
    tcp::socket socket{context};
    socket.connect(endpoint(port));
    http::request<http::empty_body> request{http::verb::get, target, 11};
    request.set(http::field::host, "127.0.0.1");
    request.keep_alive(false);
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response.body();
}

} // namespace crier::bench
