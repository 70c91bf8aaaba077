/// The column headers of a monthly file, in English (UTF-8 files) and in Chinese (GB18030 files).
enum SampleHeaders {
    static let english =
        [
            "site", "month", "submitted_at", "opening", "new", "readmitted", "transferred_in", "exit_dropout",
            "exit_transferred", "exit_completed", "exit_disciplinary", "exit_detained", "exit_hospital", "exit_moved",
            "exit_died", "exit_other", "closing", "clients_dosed", "client_days", "methadone_mg", "on_maintenance",
            "on_60mg", "tests_scheduled", "tests_done", "tests_positive", "clients_tested", "clients_positive",
        ]
        + ["cohort3", "cohort6", "cohort12"].flatMap { cohort in
            ["entered", "in", "dropout", "transferred", "died", "unknown"].map { "\(cohort)_\($0)" }
        }

    static let chinese =
        [
            "门诊编码", "月份", "报送时间", "期初在治", "新入组", "重新入组", "转入", "脱失", "转出", "完成治疗",
            "违规终止", "被拘押", "住院", "迁离", "死亡", "其他退出", "期末在治", "服药人数", "服药人日",
            "美沙酮用量毫克", "维持治疗人数", "六十毫克以上人数", "应检尿样", "实检尿样", "阳性尿样", "检测人数",
            "阳性人数",
        ]
        + ["三月队列", "六月队列", "十二月队列"].flatMap { cohort in
            ["入组", "在治", "脱失", "转出", "死亡", "不明"].map { cohort + $0 }
        }
}
