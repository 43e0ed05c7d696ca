#include "app/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace peregrine::app {
namespace {

// proc(5), statm: size, resident, ... in pages.
double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double size = 0;
  double resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double cpu_seconds() {
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_descriptors() {
  std::error_code error;
  double count = 0;
  for (auto it = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    ++count;
  }
  return std::max(count - 1, 0.0);  // without the one that reads the folder
}

}  // namespace

ProcessMetrics::ProcessMetrics(base::Metrics& metrics) {
  metrics
      .gauge("peregrine_build_info", "Always 1; the label tells the version",
             {{"version", PEREGRINE_VERSION}})
      .Set(1);
  metrics.gauge("process_start_time_seconds", "When the process started, in Unix time")
      .Set(static_cast<double>(std::time(nullptr)));
  prometheus::Gauge& resident = metrics.gauge(
      "process_resident_memory_bytes", "Memory of the process that is resident, mapped files included");
  prometheus::Gauge& descriptors = metrics.gauge("process_open_fds", "Open file descriptors");
  prometheus::Counter& cpu =
      metrics.counter("process_cpu_seconds_total", "Processor time of the process, user and system");
  refresher_ = metrics.on_collect([&resident, &descriptors, &cpu] {
    resident.Set(resident_bytes());
    descriptors.Set(open_descriptors());
    cpu.Increment(std::max(cpu_seconds() - cpu.Value(), 0.0));
  });
}

}  // namespace peregrine::app
