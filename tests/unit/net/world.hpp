#pragma once

#include "net/client.hpp"
#include "scripted_server.hpp"
#include "support/coro.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::test {

class CountingRandom final : public Random {
public:
    std::uint64_t next() override { return ++last_; }

private:
    std::uint64_t last_ = 41;
};

/// Names that a test has made up; no other has an address.
class MadeUpNames final : public net::Resolver {
public:
    boost::asio::awaitable<Result<net::Addresses>> resolve(std::string host, Duration) override {
        asked.push_back(host);
        const auto found = addresses.find(host);
        if (found == addresses.end())
            co_return Failure{Cause::network, "the name " + host + " is not known", "is it spelled right?"};
        co_return found->second;
    }
    std::map<std::string, net::Addresses> addresses;
    std::vector<std::string> asked;
};

/// A client among servers that do as they are told, all on one thread.
struct World {
    World() {
        names.addresses["localhost"] = {"127.0.0.1"};
        names.addresses["here.test"] = {"127.0.0.1"};
    }

    [[nodiscard]] HttpClient& client() {
        if (!made)
            made = net::make_http_client(context.get_executor(), options, random, &names);
        return *made;
    }
    [[nodiscard]] HttpResult send(HttpRequest request) {
        return run(context, client().send(std::move(request)));
    }
    [[nodiscard]] HttpResult get(const std::string& url) { return send(HttpRequest{"GET", url}); }

    boost::asio::io_context context{1};
    MadeUpNames names;
    CountingRandom random;
    net::ClientOptions options; ///< before the first request
    std::unique_ptr<HttpClient> made;
};

[[nodiscard]] inline HttpRequest post(const std::string& url, std::string body) {
    HttpRequest request{"POST", url};
    request.body = std::move(body);
    return request;
}

[[nodiscard]] inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace crier::test
