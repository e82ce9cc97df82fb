#include "plugin/reader.hpp"

#include "plugin/elsewhere.hpp"

#include <functional>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Less is read faster than it is handed to another thread.
constexpr std::size_t small = 64U << 10U;

class BuiltInReader final : public Reader {
public:
    BuiltInReader(std::uint32_t capabilities, std::shared_ptr<Instance> instance, WorkerPool& pool)
        : capabilities_(capabilities)
        , instance_(std::move(instance))
        , pool_(pool) {}

    [[nodiscard]] std::uint32_t capabilities() const noexcept override { return capabilities_; }
    [[nodiscard]] bool has(Entrance entrance) const noexcept override { return instance_->has(entrance); }

    asio::awaitable<Result<Parsed>> read(Entrance entrance, Material material) override {
        if (material.bytes.size() <= small)
            co_return instance_->call(entrance, material);
        std::function<Result<Parsed>()> call = [instance = instance_, entrance,
                                                material = std::move(material)] {
            return instance->call(entrance, material);
        };
        co_return co_await elsewhere(pool_, std::move(call));
    }

private:
    std::uint32_t capabilities_;
    std::shared_ptr<Instance> instance_;
    WorkerPool& pool_;
};

} // namespace

Result<std::shared_ptr<Reader>> open_built_in(const crier_plugin& table, const Options& options,
                                              WorkerPool& pool) {
    Result<std::shared_ptr<Instance>> instance = Instance::open(table, options);
    if (!instance)
        return instance.error();
    return std::shared_ptr<Reader>{
        std::make_shared<BuiltInReader>(table.capabilities, std::move(*instance), pool)};
}

} // namespace crier::plugin
