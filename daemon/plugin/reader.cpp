#include "plugin/reader.hpp"

#include <functional>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Less is read faster than it is handed to another thread.
constexpr std::size_t small = 64U << 10U;

/// On its way through the pool, which may outlive whoever waits for it.
struct Job {
    std::shared_ptr<Instance> instance;
    Entrance entrance = Entrance::parse;
    Material material;
    Result<Parsed> parsed = Failure{Cause::internal, "not read"};

    void run() { parsed = instance->call(entrance, material); }
};

class BuiltInReader final : public Reader {
public:
    BuiltInReader(std::uint32_t capabilities, std::shared_ptr<Instance> instance, WorkerPool& pool)
        : capabilities_(capabilities)
        , instance_(std::move(instance))
        , pool_(pool) {}

    [[nodiscard]] std::uint32_t capabilities() const noexcept override { return capabilities_; }
    [[nodiscard]] bool has(Entrance entrance) const noexcept override { return instance_->has(entrance); }

    asio::awaitable<Result<Parsed>> read(Entrance entrance, Material material) override {
        const auto job = std::make_shared<Job>();
        job->instance = instance_;
        job->entrance = entrance;
        job->material = std::move(material);
        if (job->material.bytes.size() <= small) {
            job->run();
        } else {
            std::function<void()> work = [job] { job->run(); };
            co_await pool_.run(std::move(work));
        }
        co_return std::move(job->parsed);
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
