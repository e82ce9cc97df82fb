#include "bench/outbox_run.hpp"

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/report.hpp"
#include "bench/usage.hpp"
#include "programs/process.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <ctime>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace crier::bench {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace json = boost::json;

namespace {

using System = std::chrono::system_clock;

std::string account_name(std::size_t number) {
    return "a" + std::to_string(number);
}

std::string rfc3339(System::time_point at) {
    const std::time_t time = System::to_time_t(at);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// The daemon's own interface, on one connection.
class Outbox {
public:
    explicit Outbox(const std::string& path)
        : socket_(context_) {
        socket_.connect(asio::local::stream_protocol::endpoint{path});
    }

    void post(const json::object& order) {
        http::request<http::string_body> request{http::verb::post, "/v1/posts", 11};
        request.set(http::field::host, "localhost");
        request.set(http::field::content_type, "application/json");
        request.body() = json::serialize(order);
        request.prepare_payload();
        http::write(socket_, request);
        http::response<http::string_body> response;
        http::read(socket_, buffer_, response);
        if (response.result_int() / 100 != 2)
            throw std::runtime_error("the daemon refused a post: " + response.body());
    }

private:
    asio::io_context context_;
    asio::local::stream_protocol::socket socket_;
    boost::beast::flat_buffer buffer_;
};

json::object order_of(std::size_t number, const std::string& account, System::time_point due,
                      const std::string& file) {
    json::object order;
    order["account"] = account;
    order["text"] = "number " + std::to_string(number) + " of the benchmark";
    order["key"] = "bench " + std::to_string(number);
    order["at"] = rfc3339(due);
    if (!file.empty()) {
        json::object media;
        media["file"] = file;
        media["alt"] = "a picture of the benchmark";
        json::array list;
        list.push_back(std::move(media));
        order["media"] = std::move(list);
    }
    return order;
}

/// Fills the outbox over some connections at once, so that a slow disk's commits are shared; posts a second.
double fill(const std::string& socket, std::size_t accounts, std::size_t posts, System::time_point due,
            const std::string& file) {
    constexpr std::size_t connections = 6;
    const auto begun = System::now();
    std::vector<std::future<void>> fillers;
    for (std::size_t first = 0; first < connections; ++first)
        fillers.push_back(std::async(std::launch::async, [&, first] {
            Outbox outbox{socket};
            for (std::size_t number = first; number < posts; number += connections)
                outbox.post(order_of(number, account_name(number % accounts), due, file));
        }));
    for (std::future<void>& filler : fillers)
        filler.get();
    if (System::now() > due)
        throw std::runtime_error("the outbox could not be filled before its posts were due");
    return static_cast<double>(posts) / std::chrono::duration<double>(System::now() - begun).count();
}

} // namespace

OutboxCost outbox_run(std::uint16_t port, std::size_t accounts, std::size_t posts_each,
                      const std::string& file) {
    const std::size_t posts = accounts * posts_each;
    const test::TempDir directory;
    Daemon daemon{directory, accounts_yaml(accounts, port)};
    (void)get(port, "/reset");
    // On slow disks so many are taken a second.
    const auto due = std::chrono::ceil<std::chrono::seconds>(System::now()) +
                     std::chrono::seconds{3 + static_cast<std::int64_t>(posts) / (file.empty() ? 250 : 60)};
    OutboxCost result;
    result.accepted = fill(daemon.socket(), accounts, posts, due, file);
    std::this_thread::sleep_until(due - std::chrono::milliseconds{50});
    const Spent before = spent(daemon.process().pid());
    json::object stats;
    const auto there = [&] {
        stats = json::parse(get(port, "/stats")).as_object();
        return stats.at("statuses").to_number<std::size_t>() >= posts;
    };
    if (!test::eventually(there, std::chrono::minutes{3}))
        throw std::runtime_error("only " + json::serialize(stats) + " of " + std::to_string(posts) +
                                 " posts came:\n" + daemon.process().output());
    // What is left is the record of the last outcomes: it belongs to them.
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    const Spent after = spent(daemon.process().pid());
    result.cost.seconds =
        (stats.at("last").to_number<double>() - stats.at("first").to_number<double>()) / 1e6;
    result.cost.cpu = after.cpu - before.cpu;
    result.cost.number = posts;
    result.cpu_kernel = after.kernel - before.kernel;
    result.memory = resident(daemon.process().pid());
    daemon.stop();
    if (json::parse(get(port, "/stats")).at("statuses").to_number<std::size_t>() != posts)
        throw std::runtime_error("a post came twice");
    return result;
}

} // namespace crier::bench
