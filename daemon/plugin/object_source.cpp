#include "plugin/object_source.hpp"

#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Of `a.b` the plugin has `a`.
std::string_view top_of(std::string_view name) {
    return name.substr(0, name.find('.'));
}

Result<> check_settings(const SourceSettings& settings, const ObjectInfo& info) {
    std::vector<std::string_view> names;
    for (const auto& [name, about] : info.options)
        names.push_back(name);
    for (const auto& [name, value] : settings.options) {
        if (std::find(names.begin(), names.end(), top_of(name)) != names.end())
            continue;
        const std::string near = nearest(top_of(name), names);
        return Failure{Cause::config, settings.object + " has no setting '" + name + "'",
                       !near.empty()   ? "did you mean '" + near + "'?"
                       : names.empty() ? "it has none"
                                       : "it has " + text::enumerate(names)};
    }
    return {};
}

} // namespace

ObjectSource::ObjectSource(SourceSettings settings, SourcePorts ports, std::string moved_to)
    : settings_(std::move(settings))
    , ports_(std::move(ports))
    , moved_to_(std::move(moved_to)) {}

asio::awaitable<Result<>> ObjectSource::open() {
    if (inner_)
        co_return Result<>{};
    const ObjectProcess process{ports_.commands, ports_.program, settings_.object, settings_.timeout,
                                settings_.most_memory};
    Result<ObjectInfo> info = co_await describe_object(process);
    if (!info)
        co_return info.error();
    if (Result<> good = check_settings(settings_, *info); !good)
        co_return good.error();
    std::shared_ptr<Reader> reader = make_object_reader(process, std::move(*info), settings_.options);
    Result<std::unique_ptr<Source>> made = make_source(settings_, std::move(reader), ports_, moved_to_);
    if (!made)
        co_return made.error();
    inner_ = std::move(*made);
    if (changed_)
        inner_->watch(changed_);
    co_return Result<>{};
}

asio::awaitable<Result<SourceYield>> ObjectSource::poll(std::string cursor) {
    if (const Result<> opened = co_await open(); !opened)
        co_return opened.error();
    co_return co_await inner_->poll(std::move(cursor));
}

asio::awaitable<Result<SourceYield>> ObjectSource::hear(Heard heard, std::string cursor) {
    if (const Result<> opened = co_await open(); !opened)
        co_return opened.error();
    co_return co_await inner_->hear(std::move(heard), std::move(cursor));
}

bool ObjectSource::reads_pages() const noexcept {
    return inner_ && inner_->reads_pages();
}

asio::awaitable<Result<Item>> ObjectSource::page(std::string link) {
    if (const Result<> opened = co_await open(); !opened)
        co_return opened.error();
    co_return co_await inner_->page(std::move(link));
}

asio::awaitable<Result<>> ObjectSource::settle(Fate fate) {
    if (const Result<> opened = co_await open(); !opened)
        co_return opened.error();
    co_return co_await inner_->settle(std::move(fate));
}

void ObjectSource::watch(std::function<void()> changed) {
    changed_ = std::move(changed);
    if (inner_)
        inner_->watch(changed_);
}

} // namespace crier::plugin
