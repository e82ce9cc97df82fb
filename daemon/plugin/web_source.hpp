#pragma once

#include "plugin/cursor.hpp"
#include "plugin/instance.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"
#include "ports/source.hpp"
#include "ports/worker_pool.hpp"

#include <memory>
#include <string>
#include <utility>

namespace crier::plugin {

/// A source behind an http(s) address.
class WebSource final : public Source {
public:
    WebSource(std::shared_ptr<Instance> instance, std::string url, bool allow_private, HttpClient& http,
              WorkerPool& pool, Clock& clock)
        : instance_(std::move(instance))
        , url_(std::move(url))
        , allow_private_(allow_private)
        , http_(http)
        , pool_(pool)
        , clock_(clock) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    [[nodiscard]] HttpRequest request(const Cursor& last) const;

    std::shared_ptr<Instance> instance_;
    std::string url_;
    bool allow_private_;
    HttpClient& http_;
    WorkerPool& pool_;
    Clock& clock_;
};

} // namespace crier::plugin
