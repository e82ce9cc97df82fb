#pragma once

#include "plugin/cursor.hpp"
#include "plugin/reader.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"
#include "ports/source.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::plugin {

/// A source behind http(s) addresses: its `url`, or those that its plugin asks for.
class WebSource final : public Source {
public:
    WebSource(std::shared_ptr<Reader> reader, std::string url, bool allow_private, HttpClient& http,
              Clock& clock)
        : reader_(std::move(reader))
        , url_(std::move(url))
        , allow_private_(allow_private)
        , http_(http)
        , clock_(clock) {}

    boost::asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;
    /// What a hub has pushed: its items alone.
    boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string cursor) override;
    [[nodiscard]] bool reads_pages() const noexcept override { return reader_->has(Entrance::page); }
    boost::asio::awaitable<Result<Item>> page(std::string link) override;

private:
    [[nodiscard]] HttpRequest request(const std::string& url) const;
    /// What the plugin asks for first; nothing: it leaves that to the host.
    [[nodiscard]] boost::asio::awaitable<Result<std::optional<Parsed>>> begin(std::string own);
    /// The `url`, conditionally, and what it leads to.
    [[nodiscard]] boost::asio::awaitable<Result<SourceYield>> look(Cursor last, std::string cursor);
    /// The documents of these addresses, and of those that come up in them.
    [[nodiscard]] boost::asio::awaitable<Result<SourceYield>> follow(std::vector<std::string> addresses,
                                                                     SourceYield yield, Cursor cursor);
    [[nodiscard]] boost::asio::awaitable<Result<SourceYield>> again(Cursor last, SourceYield yield);

    std::shared_ptr<Reader> reader_;
    std::string url_;
    bool allow_private_;
    HttpClient& http_;
    Clock& clock_;
    /// The last document of a plugin that goes by the clock: it is read again when nothing else has changed.
    std::optional<Material> kept_;
};

} // namespace crier::plugin
